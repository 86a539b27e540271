"""Checks who signed: python3 verify_signatures.py REPORT.json signatures.json, needs nothing but Python itself.

Both are attached to the sealed PDF (pdfdetach -saveall). Prints the acts, or ends with 1 and says what does not hold.
"""

import json
import sys
from base64 import urlsafe_b64decode
from hashlib import sha256
from pathlib import Path


def sha(*texts: str) -> str:
    return sha256(" ".join(texts).encode()).hexdigest()


try:
    report, signed = (Path(name).read_bytes().decode() for name in sys.argv[1:])
    content, last, places, signed = sha(report), "", json.loads(report)["signers"], json.loads(signed)
    shown, acts = sha(content, signed["presented_sha256"]), signed["acts"]
    if len(acts) != len(places) or content != signed["content_sha256"]:
        sys.exit(f"not of this report ({content}, {len(places)} to sign), or {len(acts)} acts are not all")
    for place, kept in zip(places, acts, strict=True):
        act, order, proof = json.loads(kept["bound"]), place["order"], kept["proof_json"]
        true = {"previous": last, "decision": "endorsed" if order else "sent", "proof_sha256": sha(proof)}
        true |= {"content": content, "presented": signed["presented_sha256"], "agreed": kept["agreed"]}
        true |= {"order": order, "position": place["position"]}
        if not true.items() <= act.items() or (order, kept["hash"]) != (kept["order"], sha(kept["bound"])):
            sys.exit(f"act {order} was changed, or is of something else than {true}")
        if act["proof"] == "passkey":
            device, asked = json.loads(proof), ["ita-portal signature 1", shown if order else content, order]
            asked += [act["decision"], sha(act["words"]), sha(act["agreed"]), device["nonce"]]
            given = json.loads(urlsafe_b64decode(device["client_data"] + "=="))["challenge"]
            if urlsafe_b64decode(given + "==").hex() != sha(json.dumps(asked, separators=(",", ":"))):
                sys.exit(f"act {order}: the passkey answered for something else")
        last = kept["hash"]
        print(*(act[n] for n in ("order", "at", "name", "acting", "position", "words", "proof")), last)
except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
    sys.exit(f"cannot be read, or was changed: {error!r}")
print(f"{len(places)} signatures hold; what they saw: {shown}")
