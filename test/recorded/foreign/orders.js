import http from "k6/http";
import { check, group } from "k6";
export const options = {
  scenarios: { orders: { executor: "constant-arrival-rate", rate: 25, timeUnit: "1s", duration: "2s", preAllocatedVUs: 5 } },
  thresholds: { http_req_duration: ["p(95)<500"], http_req_failed: ["rate<0.01"], "http_req_duration{name:list}": [], "http_req_duration{expected_response:true,name:list}": [] },
};
export default function () {
  group("shop", () => {
    const r = http.get("http://127.0.0.1:23471/list", { tags: { name: "list" } });
    check(r, { "is 200": (one) => one.status === 200 });
  });
  if (__ITER % 3 === 0) http.get("http://127.0.0.1:23471/slow?a=1,2", { tags: { name: "slow, \"quoted\"" } });
  if (__ITER % 5 === 0) http.get("http://127.0.0.1:23472/refused", { tags: { name: "refused" } });
}
export function handleSummary(data) { return { "k6-summary.json": JSON.stringify(data) , stdout: ""}; }
