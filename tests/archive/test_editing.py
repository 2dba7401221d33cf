"""What an attentive editor corrects, on texts like real ones: each thing keeps the id that the editor would give it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random

import pytest
from factories import entry, issue
from hypothesis import given
from hypothesis import strategies as st

from archive.identity import HeldIssue, identified
from archive.model import Entry, Issue, KeyPoint, Source

MODEL = entry(
    "青鸾科技发布多模态模型“朱雀 3.5”",
    category="模型",
    summary="青鸾科技于2月7日发布朱雀 3.5，可同时理解文字、图像与声音，推理费用较上一代降低四成。",
    points=("上下文长度提升至 100 万字", "推理费用降低 40%", "即日起向开发者开放接口"),
    source=("示例晚报", "https://news.example.com/a/1"),
)
RULES = entry(
    "三部门印发公共数据登记办法",
    category="政策",
    summary="办法共五章，明确公共数据资源登记的主体、程序与时限，自今年六月起施行。",
    points=("登记机构须在二十日内完成审核", "登记结果全国互认"),
    source=("示例政务网", "https://gov.example.com/notice/20.html"),
)
ROBOT = entry(
    "仓储机器人进驻岭南港",
    category="产业",
    summary="首批六十台搬运机器人投入夜间作业，吞吐量预计提高两成。",
    points=("夜班人手减少一半", "故障由远端班组处理"),
    source=None,
)
FUNDS = entry(
    "星河芯片完成 B 轮 8 亿元融资",
    category="产业",
    summary="资金将用于第二代推理芯片流片，投资方包括两家产业基金。",
    points=(),
    source=("示例财经", "https://money.example.com/8"),
)
GLASSES = entry(
    "Lumen ships its second pair of translating glasses",
    category="产品",
    summary="The new frame weighs 38 grams and translates twelve languages without a phone.",
    points=("Battery life reaches nine hours",),
    source=("Example Weekly", "https://weekly.example.com/lumen"),
)
BEFORE = (MODEL, RULES, ROBOT, FUNDS, GLASSES)
NEW = entry(
    "天文台用神经网络找到新的彗星",
    category="科研",
    summary="研究者在十年的巡天照片里训练网络，认出一颗此前漏看的天体。",
    points=("照片共四百万张",),
    source=("示例科学报", "https://science.example.com/comet"),
)
CASES: dict[str, tuple[tuple[Entry, ...], list[int]]] = {
    "nothing": (BEFORE, [1, 2, 3, 4, 5]),
    "one inserted above all": ((NEW, *BEFORE), [6, 1, 2, 3, 4, 5]),
    "one appended": ((*BEFORE, NEW), [1, 2, 3, 4, 5, 6]),
    "the first deleted": (BEFORE[1:], [2, 3, 4, 5]),
    "one replaced by another in its place": ((MODEL, NEW, ROBOT, FUNDS, GLASSES), [1, 6, 3, 4, 5]),
    "the order turned round": (BEFORE[::-1], [5, 4, 3, 2, 1]),
    "two swapped": ((MODEL, ROBOT, RULES, FUNDS, GLASSES), [1, 3, 2, 4, 5]),
    "a wrong version number in the title": (
        (replace(MODEL, title="青鸾科技发布多模态模型“朱雀 3.6”"), *BEFORE[1:]),
        [1, 2, 3, 4, 5],
    ),
    "a title written anew, the source stays": (
        (replace(MODEL, title="朱雀新版降价四成，还能听声音"), *BEFORE[1:]),
        [1, 2, 3, 4, 5],
    ),
    "a title written anew where there is no source": (
        (MODEL, RULES, replace(ROBOT, title="六十台机器人在港口上夜班"), FUNDS, GLASSES),
        [1, 2, 3, 4, 5],
    ),
    "a title and a source corrected together": (
        (
            MODEL,
            replace(
                RULES, title="公共数据资源登记办法出台", sources=(Source("示例日报", "https://daily.example.com/3"),)
            ),
            *BEFORE[2:],
        ),
        [1, 2, 3, 4, 5],
    ),
    "an amount corrected, its title and text": (
        (
            *BEFORE[:3],
            replace(FUNDS, title="星河芯片完成 B 轮 5 亿元融资", summary=f"{FUNDS.summary}本刊此前误作 8 亿元。"),
            GLASSES,
        ),
        [1, 2, 3, 4, 5],
    ),
    "the summary written anew": (
        (replace(MODEL, summary="这一版便宜得多，也听得懂人说话。"), *BEFORE[1:]),
        [1, 2, 3, 4, 5],
    ),
    "every source taken away": (tuple(replace(each, sources=()) for each in BEFORE), [1, 2, 3, 4, 5]),
    "every source the same home page": (
        tuple(replace(each, sources=(Source("示例网", "https://example.com/"),)) for each in BEFORE),
        [1, 2, 3, 4, 5],
    ),
    "one moved to another category": ((replace(MODEL, category="要闻"), *BEFORE[1:]), [1, 2, 3, 4, 5]),
    "Traditional characters and full-width signs": (
        (replace(RULES, title="三部門印發公共數據登記辦法"), replace(FUNDS, title="星河芯片完成Ｂ轮８亿元融资")),
        [2, 4],
    ),
    "split in two, the longer half keeps the id": (
        (
            replace(MODEL, title="朱雀开放接口", summary="", key_points=MODEL.key_points[2:], sources=()),
            replace(MODEL, title="朱雀 3.5 发布", key_points=MODEL.key_points[:2], sources=()),
            *BEFORE[1:],
        ),
        [6, 1, 2, 3, 4, 5],
    ),
    "two merged under the title of one": (
        (
            MODEL,
            replace(RULES, summary=f"{RULES.summary}{ROBOT.summary}", key_points=RULES.key_points + ROBOT.key_points),
            FUNDS,
            GLASSES,
        ),
        [1, 2, 4, 5],
    ),
    "two that exchanged their titles by mistake": (
        (replace(MODEL, title=RULES.title), replace(RULES, title=MODEL.title), *BEFORE[2:]),
        [2, 1, 3, 4, 5],
    ),
    "the same title twice, the sources differ": (
        (MODEL, replace(NEW, title=MODEL.title), *BEFORE[1:]),
        [1, 6, 2, 3, 4, 5],
    ),
    "an English text among other English texts": (
        (
            entry(
                "Halo opens a store for reading lamps",
                summary="The first shop sells lamps with a dimmer and seven colours.",
                source=None,
            ),
            *BEFORE[:4],
        ),
        [6, 1, 2, 3, 4],
    ),
    "an English title reworded": (
        (*BEFORE[:4], replace(GLASSES, title="Lumen's second translating glasses are out", sources=())),
        [1, 2, 3, 4, 5],
    ),
}
POINTS: dict[str, tuple[tuple[str, ...], list[int]]] = {
    "one inserted first": (("发布会在线上举行", *(point.text for point in MODEL.key_points)), [4, 1, 2, 3]),
    "the first deleted": (tuple(point.text for point in MODEL.key_points[1:]), [2, 3]),
    "turned round": (tuple(point.text for point in MODEL.key_points[::-1]), [3, 2, 1]),
    "a figure corrected": (("上下文长度提升至 200 万字", "推理费用降低 30%", "即日起向开发者开放接口"), [1, 2, 3]),
    "one reworded, one new": (
        ("接口即日起向开发者开放", "上下文长度提升至 100 万字", "团队扩充到三百人"),
        [3, 1, 4],
    ),
    "a full stop added to each": (tuple(f"{point.text}。" for point in MODEL.key_points), [1, 2, 3]),
}


def numbers(entries: tuple[Entry, ...]) -> list[int]:
    """The numbers within the issue."""
    return [int(each.id.partition("-")[2]) for each in entries]


@pytest.mark.parametrize("case", CASES)
def test_a_correction_keeps_the_ids_of_entries(case: str) -> None:
    after, expected = CASES[case]
    assert numbers(identified(replace(issue(), entries=after), HeldIssue(issue(*BEFORE).entries)).entries) == expected


@pytest.mark.parametrize("case", POINTS)
def test_a_correction_keeps_the_ids_of_key_points(case: str) -> None:
    texts, expected = POINTS[case]
    after = replace(MODEL, key_points=tuple(map(KeyPoint, texts)))
    (found,) = identified(replace(issue(), entries=(after,)), HeldIssue(issue(MODEL).entries)).entries
    assert [int(point.id.rpartition(".")[2]) for point in found.key_points] == expected


# ── ten random corrections, each known by the editor ────────────────────────────────────────────────────────────────

WORDS = """缓存 显存 吞吐 手机 离线 翻译 语言 评审 样本 复核 合同 期限 首付 仓库 设备 秋季 论文 数据 许可 商用 夜间 值班
小组 轮流 高校 实验 培养 博士 灯塔 港口 彗星 照片 网络 天体 芯片 流片 基金 投资 登记 机构 审核 互认 电池 眼镜 镜框 价格
调用 接口 开源 训练 框架 语音 团队 收购 关闭 下调 志愿 测试 招募 公告"""


@dataclass
class Desk:
    """What the editor has: every thing by its number, those in print in order, and a source of chance."""

    chance: Random
    texts: dict[int, Entry] = field(default_factory=dict)
    printed: list[int] = field(default_factory=list)

    def write(self) -> None:
        """An entry of its own, anywhere."""
        number = len(self.texts) + 1
        title, *rest = ("".join(Random(number * 10 + n).sample(WORDS.split(), 4)) for n in range(6))
        source = ("示例报", f"https://news.example.com/{number}") if number % 3 else None
        summary = "，".join(rest)
        self.texts[number] = entry(title, summary=summary, source=source)
        self.printed.insert(self.chance.randint(0, len(self.printed)), number)

    def drop(self) -> None:
        """One out of print."""
        self.printed.remove(self.any())

    def restore(self) -> None:
        """One back into print, as it was."""
        gone = [number for number in self.texts if number not in self.printed]
        if gone:
            self.printed.append(self.chance.choice(gone))

    def shuffle(self) -> None:
        """Another order."""
        self.chance.shuffle(self.printed)

    def retitle(self) -> None:
        """The title written anew."""
        number = self.any()
        self.texts[number] = replace(self.texts[number], title=f"{self.texts[number].summary[:8]}有新消息")

    def reword(self) -> None:
        """A sentence more."""
        number = self.any()
        self.texts[number] = replace(self.texts[number], summary=f"{self.texts[number].summary}本刊更正。")

    def move(self) -> None:
        """Another category."""
        number = self.any()
        self.texts[number] = replace(self.texts[number], category=self.chance.choice(["要闻", "产业"]))

    def unlink(self) -> None:
        """Its source taken away."""
        number = self.any()
        self.texts[number] = replace(self.texts[number], sources=())

    def any(self) -> int:
        """One of those in print."""
        return self.chance.choice(self.printed)


EDITS: list[Callable[[Desk], None]] = [
    Desk.write, Desk.drop, Desk.restore, Desk.shuffle, Desk.retitle, Desk.reword, Desk.move, Desk.unlink,
]  # fmt: skip


@given(st.integers(0, 10**9))
def test_ten_random_corrections_keep_every_id_that_the_editor_would_keep(seed: int) -> None:
    desk = Desk(Random(seed))
    for _ in range(6):
        desk.write()
    ever: dict[str, Entry] = {}
    current: tuple[Entry, ...] = ()
    given_ids: dict[int, str] = {}
    for _ in range(10):
        for edit in desk.chance.choices(EDITS, k=desk.chance.randint(1, 3)):
            if len(desk.printed) > 2 or edit is Desk.write:
                edit(desk)
        read = Issue(issue().date, issue().series, tuple(desk.texts[number] for number in desk.printed), id="20260208")
        gone = tuple(each for name, each in ever.items() if name not in {held.id for held in current})
        current = identified(read, HeldIssue(current, gone)).entries
        ever |= {each.id: each for each in current}
        for number, each in zip(desk.printed, current, strict=True):
            assert given_ids.setdefault(number, each.id) == each.id
        assert len(set(given_ids.values())) == len(given_ids)
