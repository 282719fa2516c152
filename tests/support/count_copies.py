"""How many copies of a text the writable memory of processes holds, in UTF-8 and UTF-16. Takes the rights of root.

The text comes by standard input, so that no command line holds it; arguments: process ids. Prints one number a process."""

import sys

PAGE = 4096
RUN = 1 << 12  # pages that are looked at together

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
            tail = b""
            for at in range(start, end, RUN * PAGE):
                size = min(RUN * PAGE, end - at)
                # A web engine reserves far more than it uses: bits 63 and 62 say whether a page is there.
                described = pages.read(size // PAGE * 8)[7::8]
                if not any(byte & 0xC0 for byte in set(described)):
                    tail = b""
                    continue
                try:
                    memory.seek(at)
                    piece = tail + memory.read(size)
                except (OSError, ValueError, OverflowError):  # a device, or gone meanwhile
                    tail = b""
                    continue
                copies += sum(piece.count(spelling) for spelling in spellings)
                tail = piece[-(len(spellings[0]) - 1) :]
    return copies


for pid in sys.argv[1:]:
    try:
        print(count(pid))
    except FileNotFoundError:
        print(0)
