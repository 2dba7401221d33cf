BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'wangqi','m001_record','2026-11-24 00:51:06.600161+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'wangqi','m002_curation','2026-11-26 07:44:56.950942+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'wangqi','m003_stories','2026-11-26 10:33:51.505636+00:00');
CREATE TABLE derived_tags (
    entry TEXT NOT NULL REFERENCES entries (id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    rule TEXT NOT NULL,
    field TEXT NOT NULL,
    words TEXT NOT NULL,
    start INTEGER NOT NULL,
    PRIMARY KEY (entry, position)
) STRICT;
INSERT INTO "derived_tags" VALUES('20260208-01',0,'千问','产品','名录','title','千问',0);
INSERT INTO "derived_tags" VALUES('20260208-01',1,'千问','产品','名录','summary','千问',0);
INSERT INTO "derived_tags" VALUES('20260208-01',2,'千问','产品','名录','key_points.1','千问',0);
CREATE TABLE entries (
    id TEXT PRIMARY KEY,
    issue TEXT NOT NULL REFERENCES issues (id),
    number INTEGER NOT NULL,
    position INTEGER NOT NULL,
    category TEXT NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    background TEXT NOT NULL,
    fields TEXT NOT NULL,
    labels TEXT NOT NULL,
    event_date TEXT,
    event_words TEXT,
    first_revision INTEGER NOT NULL,
    changed_revision INTEGER NOT NULL,
    withdrawn_revision INTEGER,
    UNIQUE (issue, number)
) STRICT;
INSERT INTO "entries" VALUES('20260208-01','20260208',1,0,'模型与技术进展','千问上线','千问上线的说明。','','[]','[]',NULL,NULL,1,2,NULL);
INSERT INTO "entries" VALUES('20260208-02','20260208',2,1,'模型与技术进展','飞鱼下线','飞鱼下线的说明。','','[]','[]',NULL,NULL,1,1,2);
INSERT INTO "entries" VALUES('20260208-03','20260208',3,1,'模型与技术进展','青鸾再开源','青鸾再开源的说明。','','[]','[]',NULL,NULL,1,2,NULL);
INSERT INTO "entries" VALUES('20260208b-01','20260208b',1,0,'模型与技术进展','晚报一条','晚报一条的说明。','','[]','[]',NULL,NULL,1,1,NULL);
INSERT INTO "entries" VALUES('20260209-01','20260209',1,0,'模型与技术进展','移除的一期','移除的一期的说明。','','[]','[]',NULL,NULL,1,1,NULL);
CREATE TABLE index_state (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    generation INTEGER NOT NULL,
    manifest TEXT NOT NULL,
    dictionary TEXT NOT NULL
) STRICT;
INSERT INTO "index_state" VALUES(1,0,'','');
CREATE TABLE issues (
    id TEXT PRIMARY KEY,
    date TEXT NOT NULL,
    series TEXT NOT NULL,
    series_key TEXT NOT NULL,
    banner TEXT NOT NULL,
    revision INTEGER NOT NULL,
    removed_at TEXT,
    change INTEGER NOT NULL DEFAULT 0, joined INTEGER NOT NULL DEFAULT -1,
    UNIQUE (date, series_key)
) STRICT;
INSERT INTO "issues" VALUES('20260208','2026-02-08','示例动态','示例动态','',2,NULL,8,8);
INSERT INTO "issues" VALUES('20260208b','2026-02-08','示例晚报','示例晚报','',1,NULL,3,3);
INSERT INTO "issues" VALUES('20260209','2026-02-09','示例动态','示例动态','',1,'2026-11-24T00:51:06+00:00',5,-1);
CREATE TABLE joins (
    one TEXT NOT NULL REFERENCES entries (id),
    other TEXT NOT NULL REFERENCES entries (id),
    PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
INSERT INTO "joins" VALUES('20260208-01','20260208-02');
INSERT INTO "joins" VALUES('20260208-01','20260208-03');
INSERT INTO "joins" VALUES('20260208-02','20260208-01');
INSERT INTO "joins" VALUES('20260208-03','20260208-01');
CREATE TABLE key_points (
    id TEXT PRIMARY KEY,
    entry TEXT NOT NULL REFERENCES entries (id),
    number INTEGER NOT NULL,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    withdrawn_revision INTEGER,
    UNIQUE (entry, number)
) STRICT;
INSERT INTO "key_points" VALUES('20260208-01.1','20260208-01',1,0,'千问上线的要点。',NULL);
INSERT INTO "key_points" VALUES('20260208-02.1','20260208-02',1,0,'飞鱼下线的要点。',NULL);
INSERT INTO "key_points" VALUES('20260208-03.1','20260208-03',1,0,'青鸾再开源的要点。',NULL);
INSERT INTO "key_points" VALUES('20260208b-01.1','20260208b-01',1,0,'晚报一条的要点。',NULL);
INSERT INTO "key_points" VALUES('20260209-01.1','20260209-01',1,0,'移除的一期的要点。',NULL);
CREATE TABLE log (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    path TEXT NOT NULL,
    status TEXT NOT NULL,
    issue TEXT,
    reason TEXT NOT NULL
) STRICT;
INSERT INTO "log" VALUES(1,'2026-11-24T00:51:06+00:00','2026-02-08.md','added','20260208','');
INSERT INTO "log" VALUES(2,'2026-11-24T00:51:06+00:00','2026-02-08.md','revised','20260208','');
INSERT INTO "log" VALUES(3,'2026-11-24T00:51:06+00:00','other.md','added','20260208b','');
INSERT INTO "log" VALUES(4,'2026-11-24T00:51:06+00:00','2026-02-09.md','added','20260209','');
INSERT INTO "log" VALUES(5,'2026-11-24T00:51:06+00:00','','removed','20260209','已移除，原文仍在');
CREATE TABLE outbox (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    issue TEXT NOT NULL REFERENCES issues (id)
) STRICT;
INSERT INTO "outbox" VALUES(1,'20260208');
INSERT INTO "outbox" VALUES(2,'20260208');
INSERT INTO "outbox" VALUES(3,'20260208b');
INSERT INTO "outbox" VALUES(4,'20260209');
INSERT INTO "outbox" VALUES(5,'20260209');
INSERT INTO "outbox" VALUES(6,'20260208');
INSERT INTO "outbox" VALUES(7,'20260208');
INSERT INTO "outbox" VALUES(8,'20260208');
CREATE TABLE revisions (
    issue TEXT NOT NULL REFERENCES issues (id),
    number INTEGER NOT NULL,
    received_at TEXT NOT NULL,
    path TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes BLOB NOT NULL,
    content TEXT NOT NULL,
    diagnostics TEXT NOT NULL,
    PRIMARY KEY (issue, number)
) STRICT;
INSERT INTO "revisions" VALUES('20260208',1,'2026-11-24T00:51:06+00:00','2026-02-08.md','52f8bb03232fab5efc3564be0e7b763dfd6877b71571268acc09eb11f66f76a2',X'2320E7A4BAE4BE8BE58AA8E680812028323032362D30322D3038290A0A2A2AE6A8A1E59E8BE4B88EE68A80E69CAFE8BF9BE5B1952A2A0A0A2D202A2AE58D83E997AEE4B88AE7BABF2A2A0A20202A2AE8AFB4E6988E2A2AEFBC9AE58D83E997AEE4B88AE7BABFE79A84E8AFB4E6988EE380820A20202A2AE8A681E782B92A2AEFBC9A0A202020202D20E58D83E997AEE4B88AE7BABFE79A84E8A681E782B9E380820A20202A2AE69DA5E6BA90E587BAE5A4842A2AEFBC9A5BE7A4BAE4BE8BE697A5E68AA55D2868747470733A2F2F6E6577732E6578616D706C652E636F6D2F323032362D30322D30382F31290A0A2D202A2AE9A39EE9B1BCE4B88BE7BABF2A2A0A20202A2AE8AFB4E6988E2A2AEFBC9AE9A39EE9B1BCE4B88BE7BABFE79A84E8AFB4E6988EE380820A20202A2AE8A681E782B92A2AEFBC9A0A202020202D20E9A39EE9B1BCE4B88BE7BABFE79A84E8A681E782B9E380820A20202A2AE69DA5E6BA90E587BAE5A4842A2AEFBC9A5BE7A4BAE4BE8BE697A5E68AA55D2868747470733A2F2F6E6577732E6578616D706C652E636F6D2F323032362D30322D30382F32290A0A2D202A2AE99D92E9B8BEE5BC80E6BA902A2A0A20202A2AE8AFB4E6988E2A2AEFBC9AE99D92E9B8BEE5BC80E6BA90E79A84E8AFB4E6988EE380820A20202A2AE8A681E782B92A2AEFBC9A0A202020202D20E99D92E9B8BEE5BC80E6BA90E79A84E8A681E782B9E380820A20202A2AE69DA5E6BA90E587BAE5A4842A2AEFBC9A5BE7A4BAE4BE8BE697A5E68AA55D2868747470733A2F2F6E6577732E6578616D706C652E636F6D2F323032362D30322D30382F33290A','{"date": "2026-02-08", "series": "示例动态", "entries": [{"title": "千问上线", "category": "模型与技术进展", "summary": "千问上线的说明。", "background": "", "key_points": [{"text": "千问上线的要点。", "id": "20260208-01.1"}], "fields": [], "sources": [{"name": "示例日报", "url": "https://news.example.com/2026-02-08/1"}], "labels": [], "event_date": null, "tags": [{"name": "千问", "kind": "产品", "rule": "名录", "field": "title", "words": "千问", "start": 0}, {"name": "千问", "kind": "产品", "rule": "名录", "field": "summary", "words": "千问", "start": 0}, {"name": "千问", "kind": "产品", "rule": "名录", "field": "key_points.1", "words": "千问", "start": 0}], "id": "20260208-01"}, {"title": "飞鱼下线", "category": "模型与技术进展", "summary": "飞鱼下线的说明。", "background": "", "key_points": [{"text": "飞鱼下线的要点。", "id": "20260208-02.1"}], "fields": [], "sources": [{"name": "示例日报", "url": "https://news.example.com/2026-02-08/2"}], "labels": [], "event_date": null, "tags": [], "id": "20260208-02"}, {"title": "青鸾开源", "category": "模型与技术进展", "summary": "青鸾开源的说明。", "background": "", "key_points": [{"text": "青鸾开源的要点。", "id": "20260208-03.1"}], "fields": [], "sources": [{"name": "示例日报", "url": "https://news.example.com/2026-02-08/3"}], "labels": [], "event_date": null, "tags": [], "id": "20260208-03"}], "banner": "", "id": "20260208", "revision": 1}','[]');
INSERT INTO "revisions" VALUES('20260208',2,'2026-11-24T00:51:06+00:00','2026-02-08.md','63572def4583572323703ed2ebff80ac78e6f860c2d6abc58488f6b87857c8ed',X'2320E7A4BAE4BE8BE58AA8E680812028323032362D30322D3038290A0A2A2AE6A8A1E59E8BE4B88EE68A80E69CAFE8BF9BE5B1952A2A0A0A2D202A2AE58D83E997AEE4B88AE7BABF2A2A0A20202A2AE8AFB4E6988E2A2AEFBC9AE58D83E997AEE4B88AE7BABFE79A84E8AFB4E6988EE380820A20202A2AE8A681E782B92A2AEFBC9A0A202020202D20E58D83E997AEE4B88AE7BABFE79A84E8A681E782B9E380820A20202A2AE69DA5E6BA90E587BAE5A4842A2AEFBC9A5BE7A4BAE4BE8BE697A5E68AA55D2868747470733A2F2F6E6577732E6578616D706C652E636F6D2F7365636F6E642F31290A0A2D202A2AE99D92E9B8BEE5868DE5BC80E6BA902A2A0A20202A2AE8AFB4E6988E2A2AEFBC9AE99D92E9B8BEE5868DE5BC80E6BA90E79A84E8AFB4E6988EE380820A20202A2AE8A681E782B92A2AEFBC9A0A202020202D20E99D92E9B8BEE5868DE5BC80E6BA90E79A84E8A681E782B9E380820A20202A2AE69DA5E6BA90E587BAE5A4842A2AEFBC9A5BE7A4BAE4BE8BE697A5E68AA55D2868747470733A2F2F6E6577732E6578616D706C652E636F6D2F7365636F6E642F32290A','{"date": "2026-02-08", "series": "示例动态", "entries": [{"title": "千问上线", "category": "模型与技术进展", "summary": "千问上线的说明。", "background": "", "key_points": [{"text": "千问上线的要点。", "id": "20260208-01.1"}], "fields": [], "sources": [{"name": "示例日报", "url": "https://news.example.com/second/1"}], "labels": [], "event_date": null, "tags": [{"name": "千问", "kind": "产品", "rule": "名录", "field": "title", "words": "千问", "start": 0}, {"name": "千问", "kind": "产品", "rule": "名录", "field": "summary", "words": "千问", "start": 0}, {"name": "千问", "kind": "产品", "rule": "名录", "field": "key_points.1", "words": "千问", "start": 0}], "id": "20260208-01"}, {"title": "青鸾再开源", "category": "模型与技术进展", "summary": "青鸾再开源的说明。", "background": "", "key_points": [{"text": "青鸾再开源的要点。", "id": "20260208-03.1"}], "fields": [], "sources": [{"name": "示例日报", "url": "https://news.example.com/second/2"}], "labels": [], "event_date": null, "tags": [], "id": "20260208-03"}], "banner": "", "id": "20260208", "revision": 2}','[]');
INSERT INTO "revisions" VALUES('20260208b',1,'2026-11-24T00:51:06+00:00','other.md','b647d93ba76e57805de0f00717101c23030378046a8ff7936112f1df872a34c2',X'2320E7A4BAE4BE8BE6999AE68AA52028323032362D30322D3038290A0A2A2AE6A8A1E59E8BE4B88EE68A80E69CAFE8BF9BE5B1952A2A0A0A2D202A2AE6999AE68AA5E4B880E69DA12A2A0A20202A2AE8AFB4E6988E2A2AEFBC9AE6999AE68AA5E4B880E69DA1E79A84E8AFB4E6988EE380820A20202A2AE8A681E782B92A2AEFBC9A0A202020202D20E6999AE68AA5E4B880E69DA1E79A84E8A681E782B9E380820A20202A2AE69DA5E6BA90E587BAE5A4842A2AEFBC9A5BE7A4BAE4BE8BE697A5E68AA55D2868747470733A2F2F6E6577732E6578616D706C652E636F6D2F323032362D30322D30382F31290A','{"date": "2026-02-08", "series": "示例晚报", "entries": [{"title": "晚报一条", "category": "模型与技术进展", "summary": "晚报一条的说明。", "background": "", "key_points": [{"text": "晚报一条的要点。", "id": "20260208b-01.1"}], "fields": [], "sources": [{"name": "示例日报", "url": "https://news.example.com/2026-02-08/1"}], "labels": [], "event_date": null, "tags": [], "id": "20260208b-01"}], "banner": "", "id": "20260208b", "revision": 1}','[]');
INSERT INTO "revisions" VALUES('20260209',1,'2026-11-24T00:51:06+00:00','2026-02-09.md','78ee5e5389d997ccc75c6feab7913fc36c679a1d1a961b1289f9cbe47fb8a1f3',X'2320E7A4BAE4BE8BE58AA8E680812028323032362D30322D3039290A0A2A2AE6A8A1E59E8BE4B88EE68A80E69CAFE8BF9BE5B1952A2A0A0A2D202A2AE7A7BBE999A4E79A84E4B880E69C9F2A2A0A20202A2AE8AFB4E6988E2A2AEFBC9AE7A7BBE999A4E79A84E4B880E69C9FE79A84E8AFB4E6988EE380820A20202A2AE8A681E782B92A2AEFBC9A0A202020202D20E7A7BBE999A4E79A84E4B880E69C9FE79A84E8A681E782B9E380820A20202A2AE69DA5E6BA90E587BAE5A4842A2AEFBC9A5BE7A4BAE4BE8BE697A5E68AA55D2868747470733A2F2F6E6577732E6578616D706C652E636F6D2F323032362D30322D30392F31290A','{"date": "2026-02-09", "series": "示例动态", "entries": [{"title": "移除的一期", "category": "模型与技术进展", "summary": "移除的一期的说明。", "background": "", "key_points": [{"text": "移除的一期的要点。", "id": "20260209-01.1"}], "fields": [], "sources": [{"name": "示例日报", "url": "https://news.example.com/2026-02-09/1"}], "labels": [], "event_date": null, "tags": [], "id": "20260209-01"}], "banner": "", "id": "20260209", "revision": 1}','[]');
CREATE TABLE sources (
    entry TEXT NOT NULL REFERENCES entries (id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    host TEXT NOT NULL,
    PRIMARY KEY (entry, position)
) STRICT;
INSERT INTO "sources" VALUES('20260208-02',0,'示例日报','https://news.example.com/2026-02-08/2','news.example.com');
INSERT INTO "sources" VALUES('20260208-01',0,'示例日报','https://news.example.com/second/1','news.example.com');
INSERT INTO "sources" VALUES('20260208-03',0,'示例日报','https://news.example.com/second/2','news.example.com');
INSERT INTO "sources" VALUES('20260208b-01',0,'示例日报','https://news.example.com/2026-02-08/1','news.example.com');
INSERT INTO "sources" VALUES('20260209-01',0,'示例日报','https://news.example.com/2026-02-09/1','news.example.com');
CREATE TABLE tag_decisions (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    action TEXT NOT NULL,
    name TEXT NOT NULL,
    target TEXT NOT NULL,
    kind TEXT NOT NULL,
    entry TEXT NOT NULL,
    undone_at TEXT
) STRICT;
INSERT INTO "tag_decisions" VALUES(1,'2026-11-26T07:44:56+00:00','add','青鸾','','产品','20260208-03',NULL);
INSERT INTO "tag_decisions" VALUES(2,'2026-11-26T07:44:56+00:00','hide','千问','','','','2026-11-26T07:44:56+00:00');
CREATE TABLE tags (
    entry TEXT NOT NULL REFERENCES entries (id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    rule TEXT NOT NULL,
    field TEXT NOT NULL,
    words TEXT NOT NULL,
    start INTEGER NOT NULL,
    PRIMARY KEY (entry, position)
) STRICT;
INSERT INTO "tags" VALUES('20260208-03',0,'青鸾','产品','手工','','青鸾',0);
INSERT INTO "tags" VALUES('20260208-01',0,'千问','产品','名录','title','千问',0);
INSERT INTO "tags" VALUES('20260208-01',1,'千问','产品','名录','summary','千问',0);
INSERT INTO "tags" VALUES('20260208-01',2,'千问','产品','名录','key_points.1','千问',0);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX entries_by_issue ON entries (issue, position);
CREATE INDEX key_points_by_entry ON key_points (entry, position);
CREATE INDEX sources_by_host ON sources (host);
CREATE INDEX tags_by_name ON tags (name, entry);
CREATE INDEX derived_tags_by_name ON derived_tags (name, entry);
CREATE INDEX issues_to_join ON issues (id) WHERE joined != change;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('outbox',8);
INSERT INTO "sqlite_sequence" VALUES('log',5);
INSERT INTO "sqlite_sequence" VALUES('tag_decisions',2);
COMMIT;
