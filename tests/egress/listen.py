"""Runs a command in a network namespace of its own, which leads nowhere, and sees every packet that it sends:

    unshare --net --map-root-user python3 listen.py PACKETS.json COMMAND…

The loopback is the way to everywhere there, so that packets to any address are sent and seen. Writes them as
a JSON list, `{"protocol": "tcp", "to": "192.0.2.1", "from": 40000, "port": 80, "bytes": 44, "data": "4745"}`,
and ends with the command's exit code."""

import json
import select
import socket
import struct
import subprocess
import sys

EVERY_PROTOCOL = socket.htons(3)
OUTGOING = 4
ETHERNET_BYTES = 14
PROTOCOLS = {1: "icmp", 6: "tcp", 17: "udp", 58: "icmp6"}
QUIET_SECONDS = 0.3  # after the command's end


def main(out, command):
    for words in ("link set lo up", "addr add 10.9.8.7/8 dev lo", "route add default dev lo"):
        subprocess.run(["ip", *words.split()], check=True)
    subprocess.run(["ip", "-6", "route", "add", "default", "dev", "lo"], stderr=subprocess.DEVNULL)
    wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, EVERY_PROTOCOL)
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 24)
    process = subprocess.Popen(command)
    sent = []
    while process.poll() is None:
        take(wire, sent, 0.1)
    take(wire, sent, QUIET_SECONDS)
    with open(out, "w", encoding="utf-8") as file:
        json.dump(sent, file)
    return process.returncode


def take(wire, sent, seconds):
    while select.select([wire], [], [], seconds)[0]:
        frame, (_, ethernet_protocol, kind, *_) = wire.recvfrom(65536)
        if kind == OUTGOING:  # what is sent over the loopback arrives too
            sent.append(told(frame[ETHERNET_BYTES:], ethernet_protocol))


def told(packet, ethernet_protocol):
    if ethernet_protocol == 0x0800:
        header, number = (packet[0] & 15) * 4, packet[9]
        to = socket.inet_ntop(socket.AF_INET, packet[16:20])
    elif ethernet_protocol == 0x86DD:
        header, number = 40, packet[6]
        to = socket.inet_ntop(socket.AF_INET6, packet[24:40])
    else:
        return {"protocol": hex(ethernet_protocol), "to": "", "port": 0, "bytes": len(packet)}
    protocol = PROTOCOLS.get(number, str(number))
    sent = {"protocol": protocol, "to": to, "port": 0, "bytes": len(packet)}
    if protocol in ("tcp", "udp"):
        sent["from"], sent["port"] = struct.unpack_from(">HH", packet, header)
    if protocol == "tcp":
        sent["data"] = packet[header + (packet[header + 12] >> 4) * 4 :].hex()
    return sent


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], sys.argv[2:]))
