-- Typed answers, and points for the parts of a question. `chosen` stays what says whether there is an answer; it is empty where
-- the answer was typed.
alter table attempt_items
    -- As it was typed, without space around it.
    add column typed     text,
    add column points    smallint,
    add column points_of smallint;
-- Until now every question was worth one point.
update attempt_items set points = correct::int, points_of = 1 where chosen is not null;
alter table attempt_items
    add constraint attempt_items_points check (
        (points is null) = (chosen is null) and (points_of is null) = (chosen is null)
        and points between 0 and points_of and points_of > 0 and correct = (points = points_of)),
    add constraint attempt_items_typed check (typed is null or chosen = '{}');
comment on column attempt_items.option_order is
    'place on the page to place in the file, both from 0: of options, steps or matches; empty where the answer is typed';
comment on column attempt_items.chosen is
    'places in the file, from 0: the options chosen, the steps in the order given, or for each term its match; null while unanswered';

alter table responses
    add column typed     text,
    add column points    smallint not null default 0,
    add column points_of smallint not null default 1;
update responses set points = correct::int;
alter table responses
    alter column points drop default,
    alter column points_of drop default,
    add constraint responses_points
        check (points between 0 and points_of and points_of > 0 and correct = (points = points_of)),
    add constraint responses_typed check (typed is null or chosen = '{}');
