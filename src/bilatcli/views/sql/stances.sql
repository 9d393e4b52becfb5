-- Who holds which position on an issue, and for whom: among these countries, of this one, on these issues, or on all?
WITH chosen AS (
    SELECT r.id AS relation
    FROM relation r
    WHERE r.id IN (:p1, :p2, :p3, :p4, :p5, :p6, :p7, :p8, :p9, :p10, :p11, :p12, :p13, :p14, :p15)
    UNION ALL
    SELECT m.relation
    FROM member m
    WHERE m.country = :country
),
held AS (
    SELECT f.id
    FROM chosen c
    JOIN fact f ON f.relation = c.relation
    WHERE f.topic = 'stance'
    UNION
    SELECT f.id
    FROM fact f
    WHERE f.issue IN (:i1, :i2, :i3, :i4, :i5, :i6, :i7, :i8)
    UNION
    SELECT f.id
    FROM fact f
    WHERE f.issue >= :from_issue
)
SELECT 'relation' AS part, r.id AS place, '' AS ordering, CASE WHEN :as_of IS NULL THEN r.json ELSE r.json_as_of END AS json, NULL AS status, NULL AS verification, r.source_ids, NULL AS words, NULL AS holder, NULL AS favours, NULL AS issue, NULL AS against, NULL AS fact
FROM chosen c
JOIN relation r ON r.id = c.relation
UNION ALL
SELECT 'fact', f.group_key, '', f.json, CASE WHEN f.status_day > :as_of THEN f.status_before WHEN f.status = 'historical' AND f.until_day > :as_of THEN 'current' ELSE f.status END, f.verification, f.source_ids, f.filter_words, f.holder, f.favours, f.issue, f.against, f.id
FROM held h
JOIN fact f ON f.id = h.id
WHERE (:as_of IS NULL OR f.known_day <= :as_of) AND (:since IS NULL OR f.last_day >= :since) AND (:until IS NULL OR f.first_day <= :until)
UNION ALL
SELECT DISTINCT 'source', s.id, '', s.json, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM held h
JOIN evidence e ON e.fact = h.id
JOIN source s ON s.id = e.source
UNION ALL
SELECT 'source', s.id, '', s.json, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM chosen c
JOIN reference e ON e.relation = c.relation
JOIN source s ON s.id = e.source
WHERE e.topic = 'header'
