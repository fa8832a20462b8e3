create table organisations (
    org_id     uuid primary key,
    name       text        not null,
    created_at timestamptz not null default firstline_now()
);
comment on table organisations is 'tenant: a person alone is an organisation of one';

-- account_id has no foreign key: accounts may live in another database than this organisation.
create table memberships (
    org_id     uuid        not null references organisations on delete cascade,
    account_id uuid        not null,
    role       text        not null check (role in ('learner', 'lead', 'report_reader', 'admin')),
    created_at timestamptz not null default firstline_now(),
    primary key (org_id, account_id)
);
comment on table memberships is 'tenant: who belongs to an organisation, and as what';
