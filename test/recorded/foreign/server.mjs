import http from "node:http";
let n=0, s=12345;
const rnd=()=>{s=(Math.imul(s,1664525)+1013904223)>>>0;return s/2**32};
const srv=http.createServer((q,r)=>{n++;const u=new URL(q.url,"http://x");
 if(u.pathname==="/slow"){setTimeout(()=>r.end("hello slow"),20+rnd()*30);return}
 if(n%12===0){r.statusCode=503;r.end("no");return}
 if(n%29===0){q.socket.destroy();return}
 setTimeout(()=>r.end("hello world"),1+rnd()*4+(rnd()<.03?25:0));});
srv.listen(23471,"127.0.0.1");setTimeout(()=>process.exit(0),600000);
