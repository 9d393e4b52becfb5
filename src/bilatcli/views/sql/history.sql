-- The ids of a fact, of the facts that it supersedes, and of the facts that supersede it, in turn.
WITH RECURSIVE earlier AS (
    SELECT f.id
    FROM fact f
    WHERE f.id = :id
    UNION
    SELECT f.id
    FROM earlier e
    JOIN fact f ON f.superseded_by = e.id
),
later AS (
    SELECT f.superseded_by AS id
    FROM fact f
    WHERE f.id = :id AND f.superseded_by IS NOT NULL
    UNION
    SELECT f.superseded_by
    FROM later l
    JOIN fact f ON f.id = l.id
    WHERE f.superseded_by IS NOT NULL
)
SELECT id FROM earlier
UNION
SELECT id FROM later
