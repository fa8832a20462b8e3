-- Simulations: items of an exam that are worked on as tickets and graded on the state in which the company is left.
alter table tickets
    drop constraint tickets_mode_check,
    add constraint tickets_mode check (mode in ('practice', 'assessment', 'simulation')),
    drop constraint tickets_check,
    add constraint tickets_deadline check ((mode = 'assessment') = (deadline_at is not null)),
    -- The place on the form; its exam has the clock.
    add column attempt_id uuid,
    add column position   smallint,
    add constraint tickets_simulation check (
        (mode = 'simulation') = (attempt_id is not null) and (attempt_id is null) = (position is null)),
    add foreign key (org_id, attempt_id, position) references attempt_items on delete cascade;
create unique index tickets_of_attempt on tickets (org_id, attempt_id, position) where attempt_id is not null;

-- When a step came by the exam's own clock, as in responses; null in tickets of their own.
alter table ticket_steps add column exam_ms integer;
