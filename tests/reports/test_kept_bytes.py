"""What was kept is what would be printed again from the row, on either database, and nothing else is ever served."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from measures import storage
from reports.actions.sealing import printed, seal
from reports.actions.sending import mark_of
from reports.content import Content
from reports.document.pdf import render_pdf
from reports.exports import attached
from reports.models import Revision
from reports.seal.checking import State, check


def test_the_presented_document_is_printed_again_as_it_was(sent: Revision) -> None:
    content = Content.from_json(Revision.objects.get(pk=sent.pk).content)
    again = render_pdf(content, stage="presented", attached=attached(content), mark=mark_of(sent.code))
    assert again == storage.read(sent.presented_sha256)


def test_the_sealed_document_is_printed_again_as_it_was(signed: Revision) -> None:
    seal(signed)
    row = Revision.objects.get(pk=signed.pk)
    kept = storage.read(row.sealed_sha256)
    assert kept.startswith(printed(row))
    assert check(kept).state is State.WHOLE


@pytest.mark.parametrize("harm", [lambda data: data[:-1], lambda data: b"", lambda data: data[:-2] + b"x\n"])
def test_a_kept_document_cut_short_or_altered_is_never_handed_out(
    sent: Revision, harm: Callable[[bytes], bytes]
) -> None:
    path = storage.path_of(sent.presented_sha256)
    path.write_bytes(harm(path.read_bytes()))
    with pytest.raises(storage.Damaged):
        storage.read(sent.presented_sha256)


def test_what_is_interrupted_while_it_is_written_leaves_nothing(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "kept"

    def chunks() -> Iterator[bytes]:
        yield b"%PDF-1.7"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        storage.keep(chunks())
    assert list((tmp_path / "kept").rglob("*")) == []
