"""Checks an exported trail: python3 verify_trail.py TRAIL.jsonl [HEADS.txt], needs nothing but Python itself.

HEADS.txt holds heads that were published or mailed, a line DAY CHAIN SEQ HASH each; other lines are passed over.
Ends with 1 and names the first event that does not hold, else prints where the trail ends.
"""

import fileinput
import json
import re
import sys
from hashlib import sha256
from pathlib import Path

HEAD = r"\b(\d{4}-\d\d-\d\d) (\d+) (\d+) ([0-9a-f]{64})\b"
texts = [Path(name).read_text(encoding="utf-8") for name in sys.argv[2:]]
heads = [found for text in texts for found in re.findall(HEAD, text)]
chain, seq, last, known = 0, 0, "0" * 64, {}
for number, row in enumerate(fileinput.input(sys.argv[1], encoding="utf-8"), 1):
    try:
        kept, event = json.loads(row)["hash"], json.loads(row)["event"]
        _, of, place, previous, *_ = event
    except (ValueError, KeyError, TypeError) as error:
        sys.exit(f"line {number} is no event: {error}")
    chain = of if number == 1 else chain
    hashed = json.dumps(event, ensure_ascii=False, separators=(",", ":"))
    if (of, place) != (chain, seq + 1):
        sys.exit(f"event {seq + 1} is missing or moved: line {number} is event {place} of chain {of}")
    if previous != last:
        sys.exit(f"event {place} does not follow event {seq}: one of them was changed, added or moved")
    if sha256(hashed.encode()).hexdigest() != kept:
        sys.exit(f"event {place} was changed: {hashed}")
    seq, last, known[str(place)] = place, kept, kept
for day, of, place, kept in heads:
    if of == str(chain) and known.get(place) != kept:
        sys.exit(f"on {day} event {place} was {kept}; here it is {known.get(place, 'cut off')}")
if seq == 0:
    sys.exit("there is no event in the file")
agree = sum(of == str(chain) for _, of, *_ in heads)
print(f"chain {chain} holds: {seq} events, the last {last}; {agree} known heads agree")
