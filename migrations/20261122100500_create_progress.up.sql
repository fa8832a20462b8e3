-- Rollups, written in the transaction that finishes an attempt. Pages and reports read these, never raw answers.

create table mastery (
    org_id         uuid        not null,
    account_id     uuid        not null,
    exam_id        text        not null,
    objective_id   text        not null,
    answered       integer     not null,
    correct        integer     not null,
    -- The same for the first answer to each item: repeats show memory of the item, not of the matter.
    first_answered integer     not null,
    first_correct  integer     not null,
    updated_at     timestamptz not null,
    primary key (org_id, account_id, exam_id, objective_id),
    foreign key (org_id, account_id) references memberships on delete cascade
);
comment on table mastery is 'tenant: answers of a learner by objective';

create table item_history (
    org_id           uuid        not null,
    account_id       uuid        not null,
    item_id          text        not null,
    exam_id          text        not null,
    answered         integer     not null,
    last_correct     boolean     not null,
    last_answered_at timestamptz not null,
    primary key (org_id, account_id, item_id),
    foreign key (org_id, account_id) references memberships on delete cascade
);
create index item_history_exam on item_history (org_id, account_id, exam_id);
comment on table item_history is 'tenant: what a learner has seen, and how it went last';
