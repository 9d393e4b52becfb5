-- What is recorded on the relations among these countries, or of this one?
WITH chosen AS (
    SELECT r.id AS relation
    FROM relation r
    WHERE r.id IN (:p1, :p2, :p3, :p4, :p5, :p6, :p7, :p8, :p9, :p10, :p11, :p12, :p13, :p14, :p15)
    UNION ALL
    SELECT m.relation
    FROM member m
    WHERE m.country = :country
)
SELECT 'relation' AS part, r.id AS place, '' AS ordering, CASE WHEN :as_of IS NULL THEN r.json ELSE r.json_as_of END AS json, NULL AS status, NULL AS verification, r.source_ids, NULL AS words
FROM chosen c
JOIN relation r ON r.id = c.relation
UNION ALL
SELECT 'fact', f.relation, f.sort_key, f.json, CASE WHEN f.status_day > :as_of THEN f.status_before WHEN f.status = 'historical' AND f.until_day > :as_of THEN 'current' ELSE f.status END, f.verification, f.source_ids, f.filter_words
FROM chosen c
JOIN fact f ON f.relation = c.relation
WHERE (:topic IS NULL OR f.topic = :topic)
  AND (:as_of IS NULL OR f.known_day <= :as_of) AND (:since IS NULL OR f.last_day >= :since) AND (:until IS NULL OR f.first_day <= :until)
UNION ALL
SELECT 'source', s.id, '', s.json, NULL, NULL, NULL, NULL
FROM chosen c
JOIN reference e ON e.relation = c.relation
JOIN source s ON s.id = e.source
WHERE (:topic IS NULL OR e.topic = :topic OR e.topic = 'header')
