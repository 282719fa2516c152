# Runs a program in a network of its own, in which every name and every connection is written down:
#   own_network.py FOLDER PORT PROGRAM [ARGUMENT…]
# A resolver answers each name with this computer, and a listener at PORT takes what connects there: lines of JSON in
# FOLDER/seen. What listens inside at the port `DRIVER_PORT` is reached from outside through the socket FOLDER/driver.
# Needs namespaces for mounts and network: root has them, others where the system allows user namespaces (`unshare`).

import ctypes
import fcntl
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import threading

folder, port, program = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
seen = open(f"{folder}/seen", "a", buffering=1)


def write_down(**what):
    seen.write(json.dumps(what) + "\n")


def bring_up_loopback():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, 0x8914, struct.pack("16sh14x", b"lo", 1))  # SIOCSIFFLAGS, IFF_UP
        # An address that is not of the loopback range: with none, the C library takes the computer for offline and asks
        # nobody for names (AI_ADDRCONFIG).
        address = struct.pack("hH4s8x", socket.AF_INET, 0, socket.inet_aton("10.255.255.1"))
        fcntl.ioctl(any_socket, 0x8916, struct.pack("16s16s", b"lo:1", address))  # SIOCSIFADDR


def mount_over(path, content):
    """Shows the program this content in the place of a file of the system."""
    if not os.path.exists(path):
        return
    mine = f"{folder}/{os.path.basename(path)}"
    with open(mine, "w") as file:
        file.write(content)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(mine.encode(), os.path.realpath(path).encode(), None, 4096, None):  # MS_BIND
        raise OSError(ctypes.get_errno(), f"cannot mount over {path}")


def answer_names():
    """RFC 1035, as much as it takes: each name has the address 127.0.0.1 and no other."""
    resolver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    resolver.bind(("127.0.0.1", 53))

    def run():
        while True:
            query, sender = resolver.recvfrom(4096)
            at, labels = 12, []
            while query[at]:
                labels.append(query[at + 1 : at + 1 + query[at]].decode("latin1"))
                at += 1 + query[at]
            kind = int.from_bytes(query[at + 1 : at + 3], "big")
            write_down(name=".".join(labels))
            is_a = kind == 1
            answer = b"\xc0\x0c\0\1\0\1\0\0\0\1\0\4\x7f\0\0\1" if is_a else b""
            head = query[:2] + b"\x81\x80\0\1\0" + bytes([is_a]) + b"\0\0\0\0"
            resolver.sendto(head + query[12 : at + 5] + answer, sender)

    threading.Thread(target=run, daemon=True).start()


def server_name(hello):
    """The name that a TLS client asks for (RFC 8446 §4.1.2, RFC 6066 §3)."""
    at = 5 + 4 + 2 + 32
    at += 1 + hello[at]
    at += 2 + int.from_bytes(hello[at : at + 2], "big")
    at += 1 + hello[at]
    end = at + 2 + int.from_bytes(hello[at : at + 2], "big")
    at += 2
    while at + 4 <= min(end, len(hello)):
        kind, length = struct.unpack(">HH", hello[at : at + 4])
        if kind == 0:
            return hello[at + 9 : at + 4 + length].decode("latin1")
        at += 4 + length
    return ""


def take_connections():
    listener = socket.socket()
    listener.bind(("127.0.0.1", port))
    listener.listen(200)

    def take(connection):
        connection.settimeout(5)
        try:
            first = connection.recv(8192)
        except OSError:
            first = b""
        is_tls = first[:1] == b"\x16"
        write_down(connection=server_name(first) if is_tls else first[:80].decode("latin1"))
        connection.close()

    def run():
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=take, args=(connection,), daemon=True).start()

    threading.Thread(target=run, daemon=True).start()

    datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    datagrams.bind(("127.0.0.1", port))

    def run_datagrams():
        while True:
            datagrams.recvfrom(4096)
            write_down(connection="datagram")

    threading.Thread(target=run_datagrams, daemon=True).start()


def let_in(driver_port):
    """A socket in the file system is reached across networks."""
    door = socket.socket(socket.AF_UNIX)
    door.bind(f"{folder}/driver")
    door.listen(50)

    def pump(source, target):
        try:
            while data := source.recv(65536):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            source.close()
            target.close()

    def run():
        while True:
            outside, _ = door.accept()
            inside = socket.socket()
            try:
                inside.connect(("127.0.0.1", driver_port))
            except OSError:
                outside.close()
                continue
            for pair in [(outside, inside), (inside, outside)]:
                threading.Thread(target=pump, args=pair, daemon=True).start()

    threading.Thread(target=run, daemon=True).start()


bring_up_loopback()
# No other way to a name than the resolver: not systemd's socket, not a cache.
mount_over("/etc/resolv.conf", "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n")
mount_over("/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n")
answer_names()
take_connections()
if driver := os.environ.pop("DRIVER_PORT", ""):
    let_in(int(driver))
child = subprocess.Popen(program)
for ending in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
    signal.signal(ending, lambda number, _: child.send_signal(number))
sys.exit(child.wait())
