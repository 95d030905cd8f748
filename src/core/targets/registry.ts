export { alb } from "./alb.ts";
export { apiGateway } from "./api-gateway.ts";
export { http } from "./http.ts";
export { lambdaEndpoint } from "./lambda-endpoint.ts";
export { lattice } from "./lattice.ts";
