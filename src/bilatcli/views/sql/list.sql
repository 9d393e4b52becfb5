-- Which relations are recorded, of all or with this country, how fully, and how fresh?
WITH chosen AS (
    SELECT r.id AS relation
    FROM relation r
    WHERE :country IS NULL
    UNION ALL
    SELECT m.relation
    FROM member m
    WHERE m.country = :country
)
SELECT 'relation' AS part, r.id AS place, r.coverage AS ordering, r.list_json AS json, NULL AS status, NULL AS verification, NULL AS sources, NULL AS words
FROM chosen c
JOIN relation r ON r.id = c.relation
WHERE :curated IS NULL OR r.coverage = 'curated'
ORDER BY ordering, place
