#!/usr/bin/env python3
"""A synthetic day of completions at a trading centre, as a feed file of the reference host.

Nobody in it exists: companies and people are called 示例…, and their numbers carry the region code 990000, which belongs to no
place, with check digits that are right (GB 32100-2015, GB 11714-1997, GB 11643-1999). With --projects the purchasers and project
names are those of the file; what happens to them is made up all the same. The same options and seed give the same file.

Items, departments and people are those of config/catalogue and config/staff. Of 药械采购 the host names the step alone, as a host
does that knows nothing of items: whose it is follows from the catalogue. Nobody comes for FW-01, and IDLE handles nothing.
"""
import argparse
import csv
import datetime
import itertools
import pathlib
import random
import sys

BEIJING = datetime.timezone(datetime.timedelta(hours=8))
REGION = "990000"
PERSON, LEGAL = 1, 2
TENDERER, AGENCY, BIDDER, EXPERT, MINING_BIDDER = 1, 2, 3, 4, 5
STEPS = ["项目登记", "招标公告", "保证金", "开标", "评标", "中标公示", "合同"]
OPENING = STEPS.index("开标")
ITEM_OF_STEP = [1, 2, 3, 4, 4, 5, 6]
DEPOSIT, FINANCE = STEPS.index("保证金"), ("CW", "财务资产部")
IDLE = "G2003"
CONFIG = pathlib.Path(__file__).resolve().parents[2] / "config"

# Line, its number, the prefix of its items, its department, how often it occurs, and words that give a project away.
LINES = [
    ("政府采购", 1, "ZC", ("JY1", "交易一部"), 5, ()),
    ("药械采购", 2, "YX", ("JY2", "交易二部"), 2, ("药", "医疗设备", "器械", "耗材", "试剂")),
    ("工程建设", 3, "GC", ("JY3", "交易三部"), 4, ("工程", "施工", "勘察", "监理", "安装")),
    ("矿业权", 4, "KY", ("JY3", "交易三部"), 1, ("采矿权", "探矿权", "矿业权")),
]
SUBJECT_MATTERS = {
    "政府采购": ["办公家具采购", "物业服务采购", "信息系统运维服务", "公务用车租赁", "会议系统升级"],
    "药械采购": ["磁共振成像系统采购", "检验试剂集中采购", "医用耗材采购", "呼吸机采购", "药品集中配送"],
    "工程建设": ["综合楼施工", "道路改造工程", "消防设施改造工程", "河道治理工程", "工程监理"],
    "矿业权": ["建筑石料用灰岩采矿权出让", "地热资源探矿权出让", "花岗岩采矿权出让"],
}
COLUMNS = [
    "kind", "host_id", "case_no", "completion_no", "line", "project_no", "node", "completed_at_us", "accepted_at_us",
    "promised_at_us", "project_name", "section", "item_code", "department_id", "department_name", "channel", "bids_secret",
    "subjects", "handlers", "opened_at_us", "withdrawn_at_us", "reason", "visit_no", "visited_at_us", "window", "staff_id", "subject",
]
LISTS = ("subjects", "subject", "handlers")  # made of parts, which are escaped one by one


def organisation_check(first_eight):
    """GB 11714: the ninth character of an organisation code."""
    total = sum(int(c, 36) * w for c, w in zip(first_eight, (3, 7, 9, 10, 5, 8, 4, 2)))
    return "0123456789X0"[11 - total % 11]


def credit_check(first_seventeen):
    """GB 32100: the last character of a unified social credit code."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(alphabet.index(c) * pow(3, i, 31) for i, c in enumerate(first_seventeen))
    return alphabet[-total % 31]


def citizen_check(first_seventeen):
    """GB 11643: the last character of a citizen's number."""
    total = sum(int(c) * pow(2, 17 - i, 11) for i, c in enumerate(first_seventeen))
    return "10X98765432"[total % 11]


def escape(value):
    for plain, written in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r"), (";", "\\;"), ("|", "\\|")):
        value = value.replace(plain, written)
    return value


class Parties:
    """Who takes part. One name is one party, on however many days' steps."""

    def __init__(self, dice):
        self.dice = dice
        self.known = {}

    def company(self, name, role, category="91"):
        if name not in self.known:
            body = f"{len(self.known) + 1:08d}"
            first = category + REGION + body + organisation_check(body)
            self.known[name] = (first + credit_check(first), f"示例经办人{len(self.known) + 1:03d}")
        number, agent = self.known[name]
        return "|".join([str(LEGAL), str(role), number, "001", escape(name), "", agent, ""])

    def person(self, name, role):
        if name not in self.known:
            born = datetime.date(1960, 1, 1) + datetime.timedelta(days=self.dice.randrange(14000))
            first = f"{REGION}{born:%Y%m%d}{len(self.known) % 1000:03d}"
            self.known[name] = (first + citizen_check(first), f"1600000{self.dice.randrange(10000):04d}")
        number, mobile = self.known[name]
        return "|".join([str(PERSON), str(role), number, "111", escape(name), mobile, "", ""])

    def some_companies(self, role, count):
        trade = self.dice.choice(["建设", "科技", "医药", "商贸", "矿业", "咨询"])
        return [self.company(f"示例{trade}{i:02d}号有限公司", role) for i in sorted(self.dice.sample(range(1, 30), count))]


def subjects_of(step, project, parties):
    tenderer = [parties.company(project["purchaser"], TENDERER, "12")]
    agency = [parties.company(project["agency"], AGENCY)]
    if step in ("项目登记", "招标公告"):
        return tenderer + agency
    if step == "保证金":
        return project["bidders"]
    if step == "开标":
        return agency + project["bidders"]
    if step == "评标":
        experts = project["dice"].sample(range(1, 60), 5)
        return agency + [parties.person(f"示例专家{i:03d}", EXPERT) for i in sorted(experts)]
    if step == "中标公示":
        return tenderer + agency + project["bidders"]
    return tenderer + project["bidders"][:1]


def line_of(name):
    for line in reversed(LINES):
        if any(word in name for word in line[5]):
            return line
    return LINES[0]


def named_projects(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            name, purchaser = row["project_name"].strip(), row["purchaser"].strip()
            if name and purchaser:
                yield line_of(name), purchaser[:100], name[:200], float(row["budget_wan_yuan"] or 0)


def invented_projects(dice, count):
    for _ in range(count):
        line = dice.choices(LINES, [one[4] for one in LINES])[0]
        yield invented_project(dice, line)


def invented_project(dice, line):
    purchaser = f"示例{dice.choice(['大学', '医院', '水利局', '交通局', '自然资源局'])}{dice.randrange(1, 20):02d}"
    return line, purchaser, f"{purchaser}{dice.choice(SUBJECT_MATTERS[line[0]])}项目", dice.lognormvariate(5, 1.2)


def us(instant):
    return str(int(instant.timestamp()) * 1_000_000)


class Staff:
    """Who is at work on that day, by department, each in turn, and at each of his windows in turn."""

    def __init__(self, date):
        at_work = {}
        with open(CONFIG / "staff/roster.csv", encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                if row["staff_id"] != IDLE and row["since"] <= str(date) <= (row["until"] or "9999"):
                    at_work.setdefault(row["department_id"], []).append(row)
        self.windows = {row["staff_id"]: itertools.cycle(row["windows"].split(";")) for people in at_work.values() for row in people}
        self.turns = {department: itertools.cycle(people) for department, people in at_work.items()}

    def next_of(self, department_id):
        return next(self.turns[department_id])

    def window_of(self, staff_id):
        return next(self.windows[staff_id])


class Day:
    def __init__(self, date, seed, host_id):
        self.date, self.host_id = date, host_id
        self.dice = random.Random(seed)
        self.parties = Parties(self.dice)
        self.staff = Staff(date)
        self.rows = []  # (instant, cells)
        self.seen = set()  # lines
        self.count = 0

    def at(self, minute_of_day):
        seconds = minute_of_day * 60 + self.dice.randrange(60)
        return datetime.datetime.combine(self.date, datetime.time(), BEIJING) + datetime.timedelta(seconds=seconds)

    def add(self, instant, kind, **cells):
        self.rows.append((instant, {"kind": kind, "host_id": self.host_id, **cells}))

    def add_project(self, line, purchaser, name, budget_wan_yuan):
        self.count += 1
        many = 2 + min(6, int(budget_wan_yuan // 150))
        role = MINING_BIDDER if line[0] == "矿业权" else BIDDER
        project = {
            "purchaser": purchaser,
            "agency": f"示例招标代理{self.dice.randrange(1, 9):02d}号有限公司",
            "bidders": self.parties.some_companies(role, self.dice.randint(2, many)),
            "dice": self.dice,
        }
        number = f"SD{self.date:%Y%m%d}-{line[2]}-{self.count:04d}"
        sections = ["1", "2"] if line[0] == "工程建设" and budget_wan_yuan >= 400 else [""]
        for section in sections:
            self.add_steps(line, project, number, name, section)

    def add_steps(self, line, project, number, name, section):
        # The first of each line goes through all of them, so that every item has its day.
        whole = line[0] not in self.seen
        self.seen.add(line[0])
        first = 0 if whole else self.dice.randrange(len(STEPS) - 1)
        last = len(STEPS) if whole else min(len(STEPS), first + self.dice.randint(2, 4))
        minutes = sorted(self.dice.sample(range(8 * 60 + 30, 17 * 60 + 30), last - first))
        for index, minute in zip(range(first, last), minutes):
            instant = self.at(minute)
            if index == OPENING:
                opened = instant - datetime.timedelta(seconds=30)  # after every step before it: those are of whole minutes
                self.add(opened, "bids_opened", project_no=number, section=section, opened_at_us=us(opened))
            accepted = instant - datetime.timedelta(hours=self.dice.randint(1, 60))
            department = FINANCE if index == DEPOSIT else line[3]
            handler = self.staff.next_of(department[0])
            # What the host knows of the centre.
            whose = {} if line[0] == "药械采购" else {
                "item_code": f"{line[2]}-{ITEM_OF_STEP[index]:02d}", "department_id": department[0], "department_name": department[1]}
            self.add(
                instant, "completion",
                case_no=f"{number}-{section or '0'}-{index + 1:02d}", completion_no="1", line=str(line[1]), project_no=number,
                node=STEPS[index], completed_at_us=us(instant), accepted_at_us=us(accepted),
                promised_at_us=us(accepted + datetime.timedelta(days=3)), project_name=name, section=section,
                channel=self.dice.choices(["1", "2"], [4, 1])[0], bids_secret="1" if index < OPENING else "0",
                subjects=";".join(subjects_of(STEPS[index], project, self.parties)),
                handlers=f"{handler['staff_id']}|{handler['name']}", **whose)

    def reopen_one_of(self, every):
        """Now and then a completion is withdrawn and completes again under a new number."""
        completions = [(at, cells) for at, cells in self.rows if cells["kind"] == "completion"]
        for instant, cells in self.dice.sample(completions, len(completions) // every):
            withdrawn = instant + datetime.timedelta(minutes=5)
            again = instant + datetime.timedelta(minutes=30)
            self.add(withdrawn, "withdrawal", case_no=cells["case_no"], completion_no="1", withdrawn_at_us=us(withdrawn),
                     reason="材料补正")
            opened = any(row["kind"] == "bids_opened" and row["project_no"] == cells["project_no"]
                         and row["section"] == cells["section"] and at <= again for at, row in self.rows)
            secret = "0" if opened else cells["bids_secret"]
            self.rows.append((again, {**cells, "completion_no": "2", "completed_at_us": us(again), "bids_secret": secret}))

    def add_visits(self, count):
        for i in range(count):
            instant = self.at(self.dice.randrange(8 * 60 + 30, 17 * 60))
            line = self.dice.choice(LINES)
            who = self.dice.choice([lambda: self.parties.company(f"示例商贸{i % 29 + 1:02d}号有限公司", BIDDER), lambda: ""])
            host = self.staff.next_of(line[3][0])
            self.add(instant, "visit", visit_no=f"V{self.date:%Y%m%d}-{i + 1:04d}", line=str(line[1]), visited_at_us=us(instant),
                     window=self.staff.window_of(host["staff_id"]), department_id=line[3][0], department_name=line[3][1],
                     staff_id=host["staff_id"], subject=who())

    def write(self, out):
        out.write(f"# 合成数据：{self.date} 的办结事件。企业、人员和证照号码均为虚构（地区代码 {REGION}），不对应任何真实主体。\n")
        out.write("\t".join(COLUMNS) + "\n")
        for _, cells in sorted(self.rows, key=lambda row: row[0]):
            out.write("\t".join(cells.get(c, "") if c in LISTS else escape(cells.get(c, "")) for c in COLUMNS) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--date", type=datetime.date.fromisoformat, default=datetime.date(2026, 9, 24))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=40, help="invented projects, beside those of --projects (40)")
    parser.add_argument("--projects", help="CSV: purchaser,project_name,budget_wan_yuan,expected_month,published_at,requirement")
    parser.add_argument("--visits", type=int, default=30, help="on-site visits (30)")
    parser.add_argument("--host-id", default="sdggzy")
    parser.add_argument("--out", help="file to write (standard output)")
    options = parser.parse_args()

    day = Day(options.date, options.seed, options.host_id)
    projects = list(named_projects(options.projects)) if options.projects else []
    projects += invented_projects(day.dice, options.count)
    missing = [line for line in LINES if all(line is not project[0] for project in projects)]
    projects += [invented_project(day.dice, line) for line in missing]
    for project in projects:
        day.add_project(*project)
    day.reopen_one_of(40)
    day.add_visits(options.visits)
    if options.out:
        with open(options.out, "w", encoding="utf-8", newline="\n") as out:
            day.write(out)
    else:
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        day.write(sys.stdout)


if __name__ == "__main__":
    main()
