"""The code that stands on every page of what is presented."""

from reports.content import Mark

MARK = Mark("7K3M-9QTX-2HW4", "https://ita.example.go.th/v/7K3M-9QTX-2HW4")
