"""Writes test/vectors/sigv4/botocore.json: requests as botocore signs them, to hold our signing core to.

    pip install botocore==1.43.11
    python3 tools/vectors/sign_with_botocore.py            # writes the file
    python3 tools/vectors/sign_with_botocore.py --check    # fails when botocore signs otherwise than the file says

The requests are made from a fixed seed, so that the same botocore makes the same file. Where botocore and the JavaScript
SDK disagree (docs/decisions/0003-synchronous-signing.md) no request is made here: the query is written as botocore's
clients write it, and headers that only one of the two leaves unsigned do not occur.
"""

import base64
import datetime
import json
import pathlib
import random
import sys
import urllib.parse

import botocore
import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

FILE = pathlib.Path(__file__).parents[2] / "test" / "vectors" / "sigv4" / "botocore.json"
SEED = 20150830
PER_SERVICE = 150
PRESIGNED = 60
PRESIGNED_WITH_HEADERS = 25

KEY_ID = "AKIDEXAMPLE"
SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
TOKENS = [None, "TESTTOKEN", "IQoJb3JpZ2luX2VjEXAMPLE//////////wEaCWV1+/==" * 12]

HOSTS = {
    "lambda": [
        "lambda.{region}.amazonaws.com",
        "vpce-0123456789abcdef0-abcdefgh.lambda.{region}.vpce.amazonaws.com",
    ],
    "vpc-lattice-svcs": [
        "svc-0123456789abcdef0.7d67968.vpc-lattice-svcs.{region}.on.aws",
        "orders.example.internal",
    ],
    "execute-api": [
        "abc1234.execute-api.{region}.amazonaws.com",
        "abc1234-vpce-0123456789abcdef0.execute-api.{region}.amazonaws.com",
    ],
}
REGIONS = ["us-east-1", "eu-west-1", "ap-southeast-4", "us-gov-west-1", "cn-north-1"]
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]
WORDS = ["orders", "1", "my-fn:live", "a b", "ü", "日本", "😀", "50%", "a/b", "a+b", "~x", "it's", "(1)", "*", "=", "&", ""]
SEGMENTS = WORDS + [".", "..", "...", ".hidden", "$LATEST", "2015-03-31", "functions", "invocations"]
NAMES = ["a", "a-b", "A", "q", "Qualifier", "page.size", "x[]", "ключ", "tag", "z z", "~"]
HEADERS = [
    ("content-type", ["application/json", "text/plain; charset=utf-8"]),
    ("accept", ["*/*", "application/json,  text/plain"]),
    ("x-amz-invocation-type", ["RequestResponse", "DryRun"]),
    ("x-amz-log-type", ["Tail"]),
    ("x-amz-client-context", ["e30="]),
    ("x-api-key", ["  padded  ", "a\tb"]),
    ("x-request-id", ["a   b    c", '"  quoted   text "']),
    ("x-empty", [""]),
    ("accept-language", ["de,en;q=0.5"]),
]


def path(rng):
    segments = [rng.choice(SEGMENTS) for _ in range(rng.randint(0, 5))]
    # "safe" varies: clients leave different characters of a path unencoded.
    safe = rng.choice(["", "~", ":@$,~", ":@$,~!'()*=&+;"])
    encoded = "/" + "/".join(urllib.parse.quote(segment, safe=safe) for segment in segments)
    return encoded.lower() if rng.random() < 0.1 else encoded


def query(rng, unique=False):
    names = [rng.choice(NAMES) for _ in range(rng.choice([0, 0, 1, 2, 3, 6]))]
    if unique:
        names = list(dict.fromkeys(names))
    quote = lambda text: urllib.parse.quote(text, safe="-_.~")
    pairs = [f"{quote(name)}={quote(rng.choice(WORDS))}" for name in names]
    if not unique and rng.random() < 0.1:
        pairs.append("flag")
    rng.shuffle(pairs)
    return ("?" + "&".join(pairs)) if pairs else ""


def body(rng):
    kind = rng.choice(["none", "empty", "json", "text", "binary"])
    if kind == "none":
        return None
    if kind == "binary":
        return bytes(rng.randrange(256) for _ in range(rng.randint(1, 64)))
    return {"empty": "", "json": '{"k":1}', "text": "naïve 日本 😀\r\n"}[kind].encode()


def moment(rng):
    start = datetime.datetime(2015, 8, 30, 12, 36, tzinfo=datetime.timezone.utc)
    return start + datetime.timedelta(seconds=rng.randrange(12 * 365 * 86_400))


def case(rng, service, form):
    region = rng.choice(REGIONS)
    scheme, port = rng.choice([("https", ""), ("https", ""), ("https", ":8443"), ("http", ":8080"), ("http", "")])
    presigned = form == "query"
    return {
        "form": form,
        "service": service,
        "region": region,
        "payload": "unsigned" if service == "vpc-lattice-svcs" else "signed",
        "scheme": scheme,
        "method": "GET" if presigned else rng.choice(METHODS),
        "host": rng.choice(HOSTS[service]).format(region=region) + port,
        "path": path(rng) + query(rng, unique=presigned),
        "headers": {} if presigned else {n: rng.choice(v) for n, v in rng.sample(HEADERS, rng.randint(0, 5))},
        "body": None if presigned else body(rng),
        "token": rng.choice(TOKENS),
        "at": moment(rng),
        "expiresS": rng.choice([1, 60, 3600, 604_800]) if presigned else None,
    }


def with_headers(rng, request):
    """botocore leaves a presigned request's own headers where they are, and signs them there."""
    headers = {n: rng.choice(v) for n, v in rng.sample(HEADERS, rng.randint(0, 5))}
    return {**request, "own": "in-headers", "method": rng.choice(METHODS), "headers": headers}


def signed(request):
    botocore.auth.get_current_datetime = lambda *_, **__: request["at"].replace(tzinfo=None)
    headers = dict(request["headers"])
    if request["payload"] == "unsigned":
        headers["X-Amz-Content-SHA256"] = "UNSIGNED-PAYLOAD"
    url = f"{request['scheme']}://{request['host']}{request['path']}"
    aws = AWSRequest(method=request["method"], url=url, headers=headers, data=request["body"])
    credentials = Credentials(KEY_ID, SECRET, request["token"])
    if request["form"] == "query":
        signer = botocore.auth.SigV4QueryAuth
        signer(credentials, request["service"], request["region"], expires=request["expiresS"]).add_auth(aws)
        answer = urllib.parse.parse_qs(urllib.parse.urlsplit(aws.url).query)
        return {"signedHeaders": answer["X-Amz-SignedHeaders"][0], "signature": answer["X-Amz-Signature"][0]}
    botocore.auth.SigV4Auth(credentials, request["service"], request["region"]).add_auth(aws)
    parts = dict(part.split("=", 1) for part in aws.headers["Authorization"].split(" ", 1)[1].split(", "))
    return {"signedHeaders": parts["SignedHeaders"], "signature": parts["Signature"]}


def written(request):
    shown = {key: value for key, value in request.items() if key not in ("body", "token", "at", "scheme", "expiresS")}
    shown["bodyBase64"] = None if request["body"] is None else base64.b64encode(request["body"]).decode()
    shown["token"] = TOKENS.index(request["token"])
    shown["at"] = request["at"].strftime("%Y-%m-%dT%H:%M:%SZ")
    if request["form"] == "query":
        shown["expiresS"] = request["expiresS"]
    return {**shown, **signed(request)}


def document():
    rng = random.Random(SEED)
    requests = [case(rng, service, "header") for service in HOSTS for _ in range(PER_SERVICE)]
    requests += [case(rng, rng.choice(["lambda", "execute-api"]), "query") for _ in range(PRESIGNED)]
    requests += [with_headers(rng, case(rng, service, "query")) for service in HOSTS for _ in range(PRESIGNED_WITH_HEADERS)]
    return {
        "madeBy": f"tools/vectors/sign_with_botocore.py with botocore {botocore.__version__}",
        "accessKeyId": KEY_ID,
        "secretAccessKey": SECRET,
        "tokens": TOKENS,
        "cases": [written(request) for request in requests],
    }


def rendered():
    made = document()
    cases = ",\n".join(json.dumps(one, ensure_ascii=True) for one in made.pop("cases"))
    head = json.dumps(made, ensure_ascii=True, indent=2)[:-2]
    return f'{head},\n  "cases": [\n{cases}\n  ]\n}}\n'


if __name__ == "__main__":
    if "--check" in sys.argv:
        same = json.loads(FILE.read_text())["cases"] == json.loads(rendered())["cases"]
        sys.exit(None if same else "botocore signs otherwise than the committed vectors say")
    FILE.write_text(rendered())
    print(f"wrote {FILE.name}: botocore {botocore.__version__}")
