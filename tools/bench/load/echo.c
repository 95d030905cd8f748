// The cheapest HTTP/1.1 server there can be, for benches of who asks: one thread, one epoll, one constant answer to whatever
// ends in an empty line. Loopback only. `cc -O2 -o echo echo.c && ./echo PORT`
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello world";

int main(int count, char **words) {
  if (count != 2) return 2;
  int one = 1, listener = socket(AF_INET, SOCK_STREAM, 0), all = epoll_create1(0);
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(words[1]))};
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind(listener, (struct sockaddr *)&at, sizeof at) != 0 || listen(listener, 4096) != 0) return 1;
  struct epoll_event about = {.events = EPOLLIN, .data.fd = listener}, events[64];
  epoll_ctl(all, EPOLL_CTL_ADD, listener, &about);
  static char bytes[65536];
  for (;;) {
    int ready = epoll_wait(all, events, 64, -1);
    for (int i = 0; i < ready; i++) {
      int from = events[i].data.fd;
      if (from == listener) {
        about.data.fd = accept(listener, NULL, NULL);
        if (about.data.fd < 0) continue;
        setsockopt(about.data.fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        epoll_ctl(all, EPOLL_CTL_ADD, about.data.fd, &about);
        continue;
      }
      ssize_t size = read(from, bytes, sizeof bytes);
      if (size <= 0) close(from);
      else if (size >= 4 && memcmp(bytes + size - 4, "\r\n\r\n", 4) == 0)
        if (write(from, answer, sizeof answer - 1) < 0) close(from);
    }
  }
}
