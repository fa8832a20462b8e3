alter table ticket_steps drop column exam_ms;
delete from tickets where mode = 'simulation';
drop index tickets_of_attempt;
alter table tickets
    drop column attempt_id,
    drop column position,
    drop constraint tickets_deadline,
    drop constraint tickets_mode,
    add constraint tickets_mode_check check (mode in ('practice', 'assessment')),
    add constraint tickets_check check ((mode = 'practice') = (deadline_at is null));
