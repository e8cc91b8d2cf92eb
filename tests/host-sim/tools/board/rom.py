"""An ESP32-S3 in download mode, as far as a flash tool can tell: it speaks the ROM loader's protocol on a
pseudo terminal and keeps what is written into its flash. Source: Espressif's page on the serial protocol."""

import hashlib
import os
import pty
import struct
import threading
import tty
import zlib

SYNC, READ_REGISTER, WRITE_REGISTER = 0x08, 0x0A, 0x09
MEMORY_BEGIN, MEMORY_END, MEMORY_DATA = 0x05, 0x06, 0x07
SPI_ATTACH, CHANGE_BAUD, SECURITY_INFO = 0x0D, 0x0F, 0x14
DEFLATE_BEGIN, DEFLATE_DATA, DEFLATE_END, MD5 = 0x10, 0x11, 0x12, 0x13
ESP32_S3, ESP32_C3 = 9, 5
SPI_DATA_REGISTER = 0x60002058
FLASH_4_MIB, FLASH_8_MIB, FLASH_16_MIB = 0x00164020, 0x00174020, 0x00184020  # identities of flash chips
END, ESCAPE = 0xC0, 0xDB


class Rom(threading.Thread):
    """`port` is what a flash tool opens, `flash` what is written; `spoil` changes a block on its way,
    `sums` says whether it sums up its flash, after these commands."""

    def __init__(
        self,
        flash_bytes,
        chip_id=ESP32_S3,
        spoil=lambda block: block,
        answers=True,
        flash_id=FLASH_8_MIB,
        sums=lambda commands: True,
    ):
        super().__init__(daemon=True)
        self.master, slave = pty.openpty()
        tty.setraw(self.master)
        tty.setraw(slave)
        self.slave = slave
        self.port = os.ttyname(slave)
        self.flash = bytearray(b"\xff" * flash_bytes)
        self.chip_id = chip_id
        self.spoil = spoil
        self.answers = answers
        self.flash_id = flash_id
        self.sums = sums
        self.commands = []
        self.is_stub = False
        self.start()

    def close(self):
        os.close(self.slave)
        self.join(timeout=5)
        os.close(self.master)

    def run(self):
        try:
            for packet in self.packets():
                self.handle(packet)
        except OSError:
            return  # the other end is closed

    def packets(self):
        packet, is_inside, is_escaped = bytearray(), False, False
        while True:
            for byte in os.read(self.master, 4096):
                if byte == END:
                    if is_inside and packet:
                        yield bytes(packet)
                    packet, is_inside = bytearray(), True
                elif is_escaped:
                    packet.append({0xDC: END, 0xDD: ESCAPE}[byte])
                    is_escaped = False
                elif byte == ESCAPE:
                    is_escaped = True
                else:
                    packet.append(byte)

    def send(self, payload):
        escaped = payload.replace(b"\xdb", b"\xdb\xdd").replace(b"\xc0", b"\xdb\xdc")
        os.write(self.master, b"\xc0" + escaped + b"\xc0")

    def reply(self, command, value=0, data=b"", status=0):
        # the ROM ends with four bytes of status, the stub with two
        tail = bytes([status, 0]) + (b"" if self.is_stub else b"\0\0")
        body = data + tail
        self.send(struct.pack("<BBHI", 1, command, len(body), value) + body)

    def handle(self, packet):
        _, command, length, checksum = struct.unpack("<BBHI", packet[:8])
        data = packet[8:]
        assert len(data) == length, f"command {command:#x} says {length} bytes and has {len(data)}"
        self.commands.append(command)
        if not self.answers:
            return
        if command == SYNC:
            for _ in range(8):
                self.reply(command, value=0x20120707)
        elif command == READ_REGISTER:
            (address,) = struct.unpack("<I", data)
            self.reply(command, value=self.flash_id if address == SPI_DATA_REGISTER else 0)
        elif command == SECURITY_INFO:
            self.reply(command, data=struct.pack("<I8sII", 0, b"", self.chip_id, 0))
        elif command == MEMORY_END:
            self.reply(command)
            self.is_stub = True
            self.send(b"OHAI")
        elif command == DEFLATE_BEGIN:
            self.size, self.blocks, _, self.address = struct.unpack("<4I", data[:16])
            self.inflate = zlib.decompressobj()
            self.reply(command)
        elif command == DEFLATE_DATA:
            self.reply(command, status=0 if self.keep_block(data, checksum) else 1)
        elif command == MD5 and not self.sums(self.commands):
            self.reply(command, status=1)
        elif command == MD5:
            address, size = struct.unpack("<2I", data[:8])
            self.reply(command, data=hashlib.md5(self.flash[address : address + size]).digest())
        else:
            self.reply(command)

    def keep_block(self, data, checksum):
        size = struct.unpack("<I", data[:4])[0]
        block = data[16:]
        expected = 0xEF
        for byte in block:
            expected ^= byte
        if len(block) != size or checksum != expected:
            return False
        plain = self.spoil(self.inflate.decompress(block))
        self.flash[self.address : self.address + len(plain)] = plain
        self.address += len(plain)
        return True
