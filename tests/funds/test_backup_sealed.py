"""A sealed file opens whole and unchanged, or not at all."""

import stat

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from funds.backup import sealed
from funds.backup.errors import BackupDamaged

KEY = bytes(range(32))
HEAD = b'{"manifest": true}'


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch):
    monkeypatch.setattr(sealed, "CHUNK", 64)


def sealed_file(folder, content: bytes, head: bytes = HEAD, name: str = "a.backup"):
    body = folder / f"{name}.plain"
    body.write_bytes(content)
    target = folder / name
    sealed.seal(key=KEY, head=head, body=body, target=target)
    return target


def opened(path, key: bytes = KEY) -> tuple[bytes, bytes]:
    body = path.with_suffix(".opened")
    body.unlink(missing_ok=True)
    head = sealed.unseal(key=key, source=path, body=body)
    return head, body.read_bytes()


@given(content=st.binary(max_size=400), head=st.binary(min_size=1, max_size=200))
def test_what_was_sealed_comes_out_again(tmp_path_factory, content, head):
    assert opened(sealed_file(tmp_path_factory.mktemp("sealed"), content, head)) == (head, content)


def test_a_sealed_file_is_for_its_owner_only_and_shows_nothing(tmp_path):
    path = sealed_file(tmp_path, b"Somporn saves 200 baht")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert b"Somporn" not in path.read_bytes()
    assert b"manifest" not in path.read_bytes()


def test_the_same_content_is_sealed_differently_each_time(tmp_path):
    first, second = (sealed_file(tmp_path, b"x" * 200, name=name).read_bytes() for name in ("a.backup", "b.backup"))
    assert first[-100:] != second[-100:]


@given(place=st.integers(min_value=0), bit=st.integers(min_value=0, max_value=7))
@example(place=len(sealed.TAG) + sealed.SALT, bit=0)
def test_no_bit_can_be_turned(tmp_path_factory, place, bit):
    path = sealed_file(tmp_path_factory.mktemp("sealed"), bytes(300))
    content = bytearray(path.read_bytes())
    content[place % len(content)] ^= 1 << bit
    path.write_bytes(content)
    with pytest.raises(BackupDamaged):
        opened(path)


@given(kept=st.integers(min_value=0))
def test_no_end_can_be_cut_off(tmp_path_factory, kept):
    path = sealed_file(tmp_path_factory.mktemp("sealed"), bytes(300))
    content = path.read_bytes()
    path.write_bytes(content[: kept % len(content)])
    with pytest.raises(BackupDamaged):
        opened(path)


def chunks_of(content: bytes) -> tuple[bytes, list[bytes]]:
    start = len(sealed.TAG) + sealed.SALT
    head, rest, found = content[:start], content[start:], []
    while rest:
        end = sealed.LENGTH + int.from_bytes(rest[: sealed.LENGTH])
        found.append(rest[:end])
        rest = rest[end:]
    return head, found


@pytest.mark.parametrize("order", [[1, 0, 2, 3, 4], [0, 1, 1, 2, 3, 4], [0, 2, 3, 4], [0, 1, 2, 3], [0, 1, 2, 3, 4, 4]])
def test_chunks_cannot_be_swapped_repeated_or_left_out(tmp_path, order):
    path = sealed_file(tmp_path, bytes(250))
    head, chunks = chunks_of(path.read_bytes())
    assert len(chunks) == 5
    path.write_bytes(head + b"".join(chunks[number] for number in order))
    with pytest.raises(BackupDamaged):
        opened(path)


def test_a_chunk_of_another_file_does_not_fit(tmp_path):
    one, other = sealed_file(tmp_path, bytes(250)), sealed_file(tmp_path, bytes(250), name="b.backup")
    head, chunks = chunks_of(one.read_bytes())
    chunks[2] = chunks_of(other.read_bytes())[1][2]
    one.write_bytes(head + b"".join(chunks))
    with pytest.raises(BackupDamaged):
        opened(one)


def test_another_key_opens_nothing(tmp_path):
    with pytest.raises(BackupDamaged):
        opened(sealed_file(tmp_path, b"x"), key=bytes(32))


def test_another_kind_of_file_is_named_as_such(tmp_path):
    path = tmp_path / "letter.backup"
    path.write_bytes(b"Dear treasurer")
    with pytest.raises(BackupDamaged, match="not a backup of Satcha"):
        opened(path)


def test_a_seal_that_fails_leaves_no_file(tmp_path):
    with pytest.raises(FileNotFoundError):
        sealed.seal(key=KEY, head=HEAD, body=tmp_path / "absent", target=tmp_path / "a.backup")
    assert list(tmp_path.iterdir()) == []
