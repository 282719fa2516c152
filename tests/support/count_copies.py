"""How many copies of a text the writable memory of processes holds, in UTF-8 and UTF-16. Takes the rights of root.

The text comes by standard input, so that no command line holds it; arguments: process ids. Prints one number a process."""

import re
import sys

PAGE = 4096
RUN = 1 << 12  # pages that are looked at together
# A web engine reserves far more than it uses: bits 63 and 62 say whether a page is there.
THERE = bytes(1 if byte & 0xC0 else 0 for byte in range(256))

text = sys.stdin.read()
spellings = [text.encode(), text.encode("utf-16-le")]


def count(pid):
    copies = 0
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/pagemap", "rb") as pages, open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for line in maps:
            where, rights = line.split()[:2]
            if not rights.startswith("rw"):
                continue
            start, end = (int(address, 16) for address in where.split("-"))
            pages.seek(start // PAGE * 8)
            tail, read_to = b"", start
            for at in range(start, end, RUN * PAGE):
                size = min(RUN * PAGE, end - at)
                described = pages.read(size // PAGE * 8)[7::8].translate(THERE)
                for found in re.finditer(b"\x01+", described):
                    begin, stop = (at + page * PAGE for page in found.span())
                    if begin != read_to:
                        tail = b""
                    try:
                        memory.seek(begin)
                        piece = tail + memory.read(stop - begin)
                    except (OSError, ValueError, OverflowError):  # a device, or gone meanwhile
                        continue
                    copies += sum(piece.count(spelling) for spelling in spellings)
                    tail, read_to = piece[-(len(spellings[0]) - 1) :], stop
    return copies


for pid in sys.argv[1:]:
    try:
        print(count(pid))
    except FileNotFoundError:
        print(0)
