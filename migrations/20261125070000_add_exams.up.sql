-- Timed practice exams. They share the tables of attempts with study quizzes: one history for each learner.
alter table attempts
    drop constraint attempts_kind_check,
    add constraint attempts_kind check (kind in ('study', 'exam')),
    add column length      text check (length in ('full', 'half', 'short')),
    add column mode        text check (mode in ('practice', 'exam')),
    -- The time limit in seconds, with the learner's allowance.
    add column time_limit  integer check (time_limit > 0),
    add column deadline_at timestamptz,
    -- Since when the clock stands still; only where the mode allows it.
    add column paused_at   timestamptz,
    -- The page that works on it; any other is told so.
    add column writer      uuid,
    -- The exam's scale when the form was drawn.
    add column scale_min   smallint,
    add column scale_max   smallint check (scale_max > scale_min),
    add column pass_mark   smallint check (pass_mark between scale_min and scale_max),
    -- Hundredths of a question; written when it finishes.
    add column credit      integer check (credit >= 0),
    add constraint attempts_exam check (
        (kind = 'exam') = (length is not null) and (kind = 'exam') = (mode is not null)
        and (kind = 'exam') = (time_limit is not null) and (kind = 'exam') = (deadline_at is not null)
        and (kind = 'exam') = (scale_min is not null) and (kind = 'exam') = (scale_max is not null)
        and (kind = 'exam') = (pass_mark is not null)
        and (credit is null or kind = 'exam' and finished_at is not null)
        and (paused_at is null or mode = 'practice'));
create unique index attempts_open_exam on attempts (org_id, account_id, exam_id) where kind = 'exam' and finished_at is null;
-- For those whose time is up, in whatever organisation.
create index attempts_deadline on attempts (deadline_at) where kind = 'exam' and finished_at is null;

alter table attempt_items
    -- The fields as they were sent, in the order of the page: what the learner finds again, whole or not.
    add column given      smallint[],
    add column confidence text check (confidence in ('sure', 'unsure')),
    -- Places on the page, from 1, of options that the learner has ruled out.
    add column struck     smallint[] not null default '{}',
    -- The client's count of the last change that was stored; what arrives late and is older changes nothing.
    add column sequence   integer    not null default 0 check (sequence >= 0),
    -- The learner had met this item before the form was drawn.
    add column is_repeat  boolean    not null default false;
