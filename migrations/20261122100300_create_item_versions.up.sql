-- Every text of an item that was ever served, so that an attempt shows and scores what it was drawn with.
create table item_versions (
    item_id       text        not null,
    -- SHA-256 of source, in hexadecimal.
    version       text        not null check (version ~ '^[0-9a-f]{64}$'),
    exam_id       text        not null,
    objective_id  text        not null,
    -- The TOML file as the author wrote it, key included.
    source        text        not null,
    first_seen_at timestamptz not null default firstline_now(),
    primary key (item_id, version)
);
comment on table item_versions is 'reference: every text of an item that was ever served';
