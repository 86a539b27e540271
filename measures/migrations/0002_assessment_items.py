"""The item codes known so far; an administrator corrects and adds to them."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

MEASURES, REPORT = "measures", "report"
TITLES = {
    MEASURES: "มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน",
    REPORT: "การดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน",
}
REQUIRED = {
    MEASURES: "การวิเคราะห์ผลการประเมิน ITA ปีที่ผ่านมา\nมาตรการหรือกิจกรรม\nขั้นตอนหรือวิธีการปฏิบัติ\n"
    "ผู้รับผิดชอบ\nระยะเวลา\nการกำกับติดตามและรายงานผล",
    REPORT: "ผลการดำเนินการของแต่ละมาตรการ\nผลลัพธ์หรือความสำเร็จ\nสอดคล้องกับมาตรการที่กำหนด",
}
CODES = {
    2564: ("O42", "O43"),
    2565: ("O42", "O43"),
    2566: ("O42", "O43"),
    2567: ("O34", "O35"),
    2568: ("O27", "O28"),
    2569: ("O25", "O26"),
}
OF_2569 = {
    MEASURES: "การนำผลการประเมิน ITA ไปสู่การพัฒนาองค์กร",
    REPORT: "รายงานผลการดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน",
}


def add(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    item = apps.get_model("measures", "AssessmentItem")
    for year, codes in CODES.items():
        titles = OF_2569 if year == 2569 else TITLES
        for kind, code in zip((MEASURES, REPORT), codes, strict=True):
            item.objects.create(
                fiscal_year=year, code=code, kind=kind, title=titles[kind], required_elements=REQUIRED[kind]
            )


def remove(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("measures", "AssessmentItem").objects.filter(fiscal_year__in=CODES).delete()


class Migration(migrations.Migration):
    dependencies = [("measures", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
