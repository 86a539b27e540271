"""``manage.py load_demo [--if-empty]``: the demonstration, into an empty database only."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from reports.management.demo.cast import sign_ins
from reports.management.demo.play import is_empty, is_loaded, play, strangers

_ADVICE = "กรุณาใช้ฐานข้อมูลว่าง โดยตั้ง ITA_DATA_DIR หรือ DATABASE_URL ใหม่"


class Command(BaseCommand):
    help = "โหลดข้อมูลสาธิตของเทศบาลตำบลตัวอย่างลงในฐานข้อมูลที่ยังว่าง"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="ไม่ทำอะไรหากฐานข้อมูลมีข้อมูลแล้ว")
        parser.add_argument("--sign-ins", action="store_true", help="แสดงชื่อผู้ใช้ของข้อมูลสาธิตเท่านั้น")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["sign_ins"]:
            self.stdout.write(sign_ins())
        elif is_empty():
            self.stdout.write("กำลังโหลดข้อมูลสาธิต ใช้เวลาไม่ถึงหนึ่งนาที")
            self.stdout.flush()
            play(timezone.now())
            self.stdout.write(f"โหลดข้อมูลสาธิตแล้ว\n{sign_ins()}")
        elif options["if_empty"]:
            if is_loaded():
                self.stdout.write(sign_ins())
        elif others := strangers():
            shown = ", ".join(others[:5]) + (" …" if len(others) > 5 else "")
            raise CommandError(f"ฐานข้อมูลนี้มีข้อมูลอื่นอยู่แล้ว ({shown}) จึงไม่โหลดข้อมูลสาธิต {_ADVICE}")
        elif not is_loaded():
            raise CommandError(f"ฐานข้อมูลนี้มีเทศบาลตำบลตัวอย่างที่ไม่ได้มาจากข้อมูลสาธิต จึงไม่โหลดทับ {_ADVICE}")
        else:
            self.stdout.write(f"มีข้อมูลสาธิตอยู่แล้ว ไม่มีสิ่งใดเปลี่ยน\n{sign_ins()}")
