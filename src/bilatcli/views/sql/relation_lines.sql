-- The relations as `list` shows them, curated ones first; of one country, and curated ones only, if asked.
SELECT r.list_json
FROM relation r
WHERE (:country IS NULL OR r.id IN (SELECT m.relation FROM member m WHERE m.country = :country))
    AND (:is_curated IS NULL OR r.coverage = 'curated')
ORDER BY r.coverage, r.id
