"""Django's rules for passwords, in words that the people here read."""

from __future__ import annotations

from django.contrib.auth import password_validation as rules


class MinimumLength(rules.MinimumLengthValidator):
    """At least so many characters."""

    def get_error_message(self) -> str:
        return f"รหัสผ่านสั้นเกินไป ต้องมีอย่างน้อย {self.min_length} ตัวอักษร"

    def get_help_text(self) -> str:
        return f"อย่างน้อย {self.min_length} ตัวอักษร"


class NotCommon(rules.CommonPasswordValidator):
    """None of those that everybody tries first."""

    def get_error_message(self) -> str:
        return "รหัสผ่านนี้เดาได้ง่าย กรุณาใช้รหัสผ่านอื่น"

    def get_help_text(self) -> str:
        return "ไม่ใช่คำที่คนใช้กันทั่วไป"


class UnlikeThePerson(rules.UserAttributeSimilarityValidator):
    """Not the person's own name or address."""

    def get_error_message(self) -> str:
        return "รหัสผ่านคล้ายกับชื่อหรืออีเมลของท่าน กรุณาใช้รหัสผ่านอื่น"

    def get_help_text(self) -> str:
        return "ไม่คล้ายกับชื่อผู้ใช้ ชื่อ หรืออีเมล"
