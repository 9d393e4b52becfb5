-- What matters most between these countries; or, of one country, which relations are there?
WITH chosen AS (
    SELECT r.id AS relation
    FROM relation r
    WHERE r.id IN (:p1, :p2, :p3, :p4, :p5, :p6, :p7, :p8, :p9, :p10, :p11, :p12, :p13, :p14, :p15)
    UNION ALL
    SELECT m.relation
    FROM member m
    WHERE m.country = :country
)
SELECT 'relation' AS part, r.id AS place, '' AS ordering, CASE WHEN :as_of IS NULL THEN r.json ELSE r.json_as_of END AS json, r.coverage AS status, NULL AS verification, r.source_ids, r.list_json AS words
FROM chosen c
JOIN relation r ON r.id = c.relation
UNION ALL
SELECT 'fact', f.relation, f.sort_key, f.json, CASE WHEN f.status_day > :as_of THEN f.status_before WHEN f.status = 'historical' AND f.until_day > :as_of THEN 'current' ELSE f.status END, f.verification, f.source_ids, f.filter_words
FROM chosen c
JOIN fact f ON f.relation = c.relation
WHERE (f.is_headline = 1 OR f.is_generated = 1) AND :country IS NULL
  AND (:as_of IS NULL OR f.known_day <= :as_of) AND (:since IS NULL OR f.last_day >= :since) AND (:until IS NULL OR f.first_day <= :until)
UNION ALL
SELECT 'source', s.id, '', s.json, NULL, NULL, NULL, NULL
FROM source s
WHERE :country IS NULL AND s.id IN (
    SELECT e.source
    FROM evidence e
    WHERE e.fact IN (
        SELECT f.id
        FROM chosen c
        JOIN fact f ON f.relation = c.relation
        WHERE f.is_headline = 1 OR f.is_generated = 1
    )
)
UNION ALL
SELECT 'source', s.id, '', s.json, NULL, NULL, NULL, NULL
FROM chosen c
JOIN reference e ON e.relation = c.relation AND e.topic = 'header'
JOIN source s ON s.id = e.source
WHERE :country IS NULL
UNION ALL
SELECT 'capital', k.country, k.name, s.json, CAST(k.latitude AS TEXT), CAST(k.longitude AS TEXT), s.id, k.as_of
FROM capital k
JOIN source s ON s.id = k.source
WHERE k.country IN (:one, :other)
  AND (:as_of IS NULL OR k.as_of <= :as_of)
UNION ALL
SELECT 'membership', m.organisation, n.status, NULL, m.status, NULL, NULL, CAST(m.members AS TEXT)
FROM membership m
JOIN membership n ON n.organisation = m.organisation AND n.country = :other
WHERE m.country = :one
