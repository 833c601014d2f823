"""The library behind e-mail and the named services: what it sends, to whom, and what it never writes down."""

import json
import logging

import pytest
from apprise.plugins.dingtalk import NotifyDingTalk
from apprise.plugins.feishu import NotifyFeishu
from apprise.plugins.lark import NotifyLark
from apprise.plugins.slack import NotifySlack
from apprise.plugins.wecombot import NotifyWeComBot
from pydantic import SecretStr

from lib.notices import services
from lib.notices.message import Message
from lib.settings import SCHEMES, Channel
from tests import loopback
from tests.make import NOW

MESSAGE = Message(
    "k" * 40, "VIP Desk：1 个新的严重预警", "严重 · ‹a› 5 < 6 & 7\nhttps://desk.test/alerts?id=1&b=2"
)
TOKEN = "abcdabcd-1234-1234-1234-abcdabcdabcd"
ADDRESSES = {
    "mailto": "mailto://smtp.harbourline.test?from=desk@harbourline.test",
    "mailtos": "mailtos://desk:Zr5Tn2Wv@smtp.harbourline.test?from=desk@harbourline.test",
    "slack": "slack://TAAAAAAAA/BBBBBBBBB/ccccccccccccccccccccdddd",
    "workflows": "workflows://prod-1.westus.logic.azure.com:443/643e69f83c8944438d68119179a10a64/KvGfaTKyCd1F",
    "feishu": f"feishu://{TOKEN}", "lark": f"lark://{TOKEN}", "dingtalk": "dingtalk://abcdefgh12345678",
    "wecombot": f"wecombot://{TOKEN}", "https": "https://hooks.harbourline.test/vip",
}  # fmt: skip


def channel(address: str) -> Channel:
    return Channel("way", address.partition(":")[0], SecretStr(address), SecretStr(loopback.KEY))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_an_address_of_every_allowed_scheme_can_be_read(scheme):
    assert services.usable(channel(ADDRESSES[scheme]))


@pytest.mark.parametrize("address", ["slack://x", "feishu://", "wecombot://", "mailto://?from=nobody"])
def test_an_address_the_library_cannot_read_makes_the_channel_unusable(address):
    assert not services.usable(channel(address))
    assert services.send(channel(address), MESSAGE, "ann@harbourline.test", NOW) == "unusable"


def test_a_mail_is_plain_text_to_one_person_whatever_the_address_names():
    with loopback.mail_server() as server:
        way = channel(server.address + "&to=boss@elsewhere.test&cc=cc@elsewhere.test&bcc=bcc@elsewhere.test")

        assert services.send(way, MESSAGE, "ann@harbourline.test", NOW) == "sent"

    mail = server.mails[0]
    assert server.recipients == [["ann@harbourline.test"]]
    assert mail["Subject"] == MESSAGE.title
    assert mail["From"].addresses[0].addr_spec == "desk@harbourline.test"
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content().strip() == MESSAGE.text
    assert mail["X-VIP-Desk-Message"] == MESSAGE.key
    assert "elsewhere" not in server.taken[0][1]


@pytest.mark.parametrize(
    "to",
    [None, "", "ann", "ann@x.test, boss@x.test", "ann@x.test;boss@x.test", "Ann <ann@x.test>",
     "a@x.test\nBcc: b", "a b@x.test", "@x.test"],
)  # fmt: skip
def test_a_mail_without_one_plain_address_does_not_leave(to):
    with loopback.mail_server() as server:
        assert services.send(channel(server.address), MESSAGE, to, NOW) == "no_address"
    assert server.taken == []


def test_a_title_cannot_bring_headers_of_its_own():
    with loopback.mail_server() as server:
        sly = Message("k", "Hello\r\nBcc: boss@elsewhere.test", "text")
        services.send(channel(server.address), sly, "ann@harbourline.test", NOW)

    assert [mail["Bcc"] for mail in server.mails] == [None] * len(server.mails)
    assert server.recipients in ([], [["ann@harbourline.test"]])


@pytest.mark.parametrize(
    ("plugin", "address"),
    [(NotifyFeishu, ADDRESSES["feishu"]), (NotifyLark, ADDRESSES["lark"]),
     (NotifyDingTalk, ADDRESSES["dingtalk"]), (NotifyWeComBot, ADDRESSES["wecombot"])],
)  # fmt: skip
def test_a_room_gets_title_and_text_and_a_room_that_is_down_says_so(plugin, address, monkeypatch):
    """The service's own protocol, spoken to a server on this machine."""
    with loopback.web_server() as server:
        here = f"http://127.0.0.1:{server.port}/"
        for name in ("notify_url", "default_url"):
            if isinstance(getattr(plugin, name, None), str):
                monkeypatch.setattr(plugin, name, here)
        server.status = 200

        outcome = services.send(channel(address), MESSAGE, None, NOW)
        server.status = 503
        later = services.send(channel(address), MESSAGE, None, NOW)

    said = json.dumps(json.loads(server.posted[0][2]), ensure_ascii=False)
    assert "严重" in said
    assert "alerts?id=1" in said
    assert outcome in ("sent", "refused")
    assert later == "refused"


def test_no_address_is_written_into_a_log(caplog, monkeypatch):
    """The library and what it rests on write addresses into theirs."""
    caplog.set_level(logging.DEBUG)
    with loopback.web_server() as server:
        monkeypatch.setattr(NotifySlack, "webhook_url", f"http://127.0.0.1:{server.port}/services")
        server.status = 403
        for address in (ADDRESSES["slack"], "mailto://user:Zr5Tn2Wv@127.0.0.1:1/?from=desk@harbourline.test"):
            assert services.send(channel(address), MESSAGE, "ann@harbourline.test", NOW) == "refused"

    assert server.posted[0][0].endswith("ccccdddd")
    assert "ccccdddd" not in caplog.text
    assert "Zr5Tn2Wv" not in caplog.text
    assert "Zr5Tn2Wv" not in repr(channel(ADDRESSES["mailtos"]))


def test_a_room_loads_no_picture_from_elsewhere(monkeypatch):
    with loopback.web_server() as server:
        monkeypatch.setattr(NotifySlack, "webhook_url", f"http://127.0.0.1:{server.port}/services")
        services.send(channel(ADDRESSES["slack"]), MESSAGE, None, NOW)

    assert b"github" not in server.posted[0][2]
