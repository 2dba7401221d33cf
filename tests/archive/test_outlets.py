"""Whom a host belongs to and of what kind it is; a list with a mistake says where."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.errors import DataFileError
from archive.outlets import KINDS, Outlet, Outlets, enclosing, read_outlets

SHIPPED = Path(__file__).parents[2] / "data" / "outlets.toml"
LIST = Outlets(
    (
        Outlet("示例公司", "企业", ("example.com",)),
        Outlet("示例社区", "社区", ("club.example.com", "club.example")),
        Outlet("示例日报", "媒体"),
    ),
    {"gov.example": "政府", "example": "学术"},
)


def test_a_host_and_the_domains_around_it():
    assert list(enclosing("a.b.cn")) == ["a.b.cn", "b.cn", "cn"]
    assert list(enclosing("")) == []


def test_a_host_belongs_to_the_nearest_outlet_first():
    assert [each.name for each in LIST.on("www2.club.example.com")] == ["示例社区", "示例公司"]
    assert [each.name for each in LIST.on("example.com")] == ["示例公司"]
    assert LIST.on("notexample.com") == LIST.on("") == []


@pytest.mark.parametrize(
    ("host", "kind"),
    [
        ("a.example.com", "企业"),
        ("club.example.com", "社区"),
        ("x.gov.example", "政府"),
        ("x.example", "学术"),
        ("x.y", ""),
    ],
)
def test_a_kind_is_that_of_the_outlet_else_of_the_domain(host, kind):
    assert LIST.kind(host) == kind


def test_an_outlet_is_found_by_its_name_however_it_is_written():
    assert LIST.named("示例 公司") == LIST.outlets[0]
    assert LIST.named("别的") is None


def test_the_homes_own_list_adds_and_wins():
    first = '[domains]\n"gov.cn" = "政府"\n[[outlet]]\nname = "甲报"\nkind = "媒体"\nhosts = ["www.JIA.cn"]'
    own = '[[outlet]]\nname = "甲报"\nkind = "政府"\n[[outlet]]\nname = "乙"\nkind = "企业"\nhosts = ["yi.cn"]'
    assert read_outlets([first]).outlets == (Outlet("甲报", "媒体", ("jia.cn",)),)
    both = read_outlets([first, own])
    assert both.outlets == (Outlet("甲报", "政府"), Outlet("乙", "企业", ("yi.cn",)))
    assert both.domains == {"gov.cn": "政府"}
    assert read_outlets([]).outlets == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[outlet]", "读不懂"),
        ('[[outlet]]\nkind = "媒体"', "没有 name"),
        ('[[outlet]]\nname = " "\nkind = "媒体"', "没有 name"),
        ('[[outlet]]\nname = "甲"', "“甲”的 kind 不认识：None"),
        ('[[outlet]]\nname = "甲"\nkind = "报纸"', "“甲”的 kind 不认识：报纸"),
        ('[[outlet]]\nname = "甲"\nkind = "媒体"\nhosts = "jia.cn"', "“甲”的 hosts"),
        ('[[outlet]]\nname = "甲"\nkind = "媒体"\nhosts = [1]', "“甲”的 hosts"),
        ('[domains]\n"gov.cn" = "官"', "“gov.cn”的 kind 不认识"),
    ],
)
def test_a_mistake_in_the_list_is_named(text, told):
    with pytest.raises(DataFileError, match=told):
        read_outlets([text])


def test_in_the_shipped_list_no_host_has_two_owners():
    held = read_outlets([SHIPPED.read_text(encoding="utf-8")])
    hosts = [host for each in held.outlets for host in each.hosts]
    assert len(hosts) == len(set(hosts))
    assert {each.kind for each in held.outlets} == set(KINDS)
    assert held.kind("nda.gov.cn") == held.kind("www.anywhere.gov.cn") == "政府"
    assert [each.name for each in held.on("nda.gov.cn")] == ["国家数据局"]
