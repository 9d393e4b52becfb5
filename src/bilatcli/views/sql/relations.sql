-- The relations between pairs of countries, or all relations of one country.
SELECT r.id, r.json, r.source_ids, r.established, r.established_day, r.established_source_ids
FROM relation r
WHERE r.id IN (
    SELECT value FROM json_each(:pairs)
    UNION ALL
    SELECT m.relation FROM member m WHERE m.country = :country
)
ORDER BY r.id
