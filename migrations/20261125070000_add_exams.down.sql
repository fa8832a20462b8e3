delete from attempts where kind = 'exam';
alter table attempt_items
    drop column given, drop column confidence, drop column struck, drop column sequence, drop column is_repeat;
drop index attempts_deadline;
drop index attempts_open_exam;
alter table attempts
    drop constraint attempts_exam,
    drop column length, drop column mode, drop column time_limit, drop column deadline_at, drop column paused_at,
    drop column writer, drop column scale_min, drop column scale_max, drop column pass_mark, drop column credit,
    drop constraint attempts_kind,
    add constraint attempts_kind_check check (kind in ('study'));
