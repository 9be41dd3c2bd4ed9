"""The spool: what was appended comes out again in order, whatever happened to the process or the disk in between."""

import errno
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrations.plc import segments
from integrations.plc.spool import Spool


def summarise(lost):
    return b"lost %d" % len(lost)


def open_spool(path, **options):
    return Spool(path, summarise=summarise, **options)


def payloads(spool, limit=1000):
    return [payload for _, payload in spool.read(limit)]


def files(path):
    return sorted(path.glob("*" + segments.SUFFIX))


def test_read_after_reopening_gives_everything_in_order(tmp_path):
    spool = open_spool(tmp_path, segment_bytes=100)
    for number in range(50):
        assert spool.append(b"record %d" % number) == number
    spool.close()
    spool = open_spool(tmp_path)

    assert payloads(spool) == [b"record %d" % number for number in range(50)]
    assert len(files(tmp_path)) > 5


def test_commit_frees_the_space_and_survives_reopening(tmp_path):
    spool = open_spool(tmp_path, segment_bytes=100)
    for number in range(50):
        spool.append(b"record %d" % number)
    spool.commit(47)
    spool.close()
    spool = open_spool(tmp_path)

    assert payloads(spool) == [b"record 48", b"record 49"]
    assert len(files(tmp_path)) <= 2
    assert spool.append(b"next") == 50


@pytest.mark.parametrize("cut", range(1, 16))
def test_open_with_a_torn_end_keeps_the_whole_records(tmp_path, cut):
    spool = open_spool(tmp_path)
    spool.append(b"first")
    spool.append(b"second!!")
    spool.close()
    file = files(tmp_path)[0]
    os.truncate(file, file.stat().st_size - cut)
    spool = open_spool(tmp_path)
    spool.append(b"third")

    assert payloads(spool) == [b"first", b"third"]


def test_read_of_a_damaged_file_says_what_is_missing(tmp_path):
    spool = open_spool(tmp_path, segment_bytes=60)
    for number in range(9):
        spool.append(b"a longer record %d" % number)
    spool.close()
    file = files(tmp_path)[1]
    data = bytearray(file.read_bytes())
    data[30] ^= 0xFF
    file.write_bytes(data)
    found = payloads(open_spool(tmp_path))

    assert found[:3] == [b"a longer record 0", b"a longer record 1", b"a longer record 2"]
    assert found[-3:] == [b"a longer record 6", b"a longer record 7", b"a longer record 8"]
    assert b"lost 2" in found


def test_append_beyond_the_cap_drops_the_oldest_and_says_so(tmp_path):
    spool = open_spool(tmp_path, segment_bytes=200, cap_bytes=1000)
    for number in range(100):
        spool.append(b"record %04d" % number)
    found = payloads(spool)
    lost = sum(int(payload.split()[1]) for payload in found if payload.startswith(b"lost"))

    assert sum(file.stat().st_size for file in files(tmp_path)) <= 1300
    assert found[-1] == b"record 0099"
    assert spool.overflows > 0
    assert lost > 0


def test_append_on_a_full_disk_raises_and_leaves_the_spool_whole(tmp_path, monkeypatch):
    spool = open_spool(tmp_path)
    spool.append(b"before")
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, data[:5]))
    with pytest.raises(OSError, match="only 5"):
        spool.append(b"this does not fit")
    monkeypatch.setattr(os, "write", real)
    spool.append(b"after")
    spool.close()

    assert payloads(open_spool(tmp_path)) == [b"before", b"after"]


def test_append_when_the_disk_cannot_sync_raises(tmp_path, monkeypatch):
    spool = open_spool(tmp_path)

    def refuse(handle):
        raise OSError(errno.EIO, "no sync")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match="no sync"):
        spool.append(b"unsure")

    assert payloads(spool) == []


def test_open_twice_is_refused(tmp_path):
    spool = open_spool(tmp_path)
    with pytest.raises(BlockingIOError):
        open_spool(tmp_path)
    spool.close()


def test_new_epoch_always_grows(tmp_path):
    spool = open_spool(tmp_path)
    epochs = [spool.new_epoch() for _ in range(3)]
    (tmp_path / "epoch").write_text(str(2**30))

    assert epochs == sorted(set(epochs))
    assert spool.new_epoch() == 2**30 + 1


@settings(deadline=None, max_examples=60)
@given(st.lists(st.one_of(st.binary(max_size=40), st.integers(1, 9), st.none()), max_size=40))
def test_spool_behaves_like_a_list(tmp_path_factory, acts):
    path = tmp_path_factory.mktemp("spool")
    spool, waiting = open_spool(path, segment_bytes=64), []
    for act in acts:
        if act is None:
            spool.close()
            spool = open_spool(path, segment_bytes=64)
        elif isinstance(act, bytes):
            spool.append(act)
            waiting.append(act)
        elif records := spool.read(act):
            spool.commit(records[-1][0])
            del waiting[: len(records)]
        assert payloads(spool) == waiting
    spool.close()
