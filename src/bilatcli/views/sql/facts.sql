-- The facts of relations, those with some ids, and those on a pair that are filed under others; on a
-- topic if one is given. They are known on the day `as_of`, and their time overlaps with the time from `since` to `until`.
-- They are not sorted: SQLite would drag all texts through its sorter. The columns that are read
-- most come first: a name is searched in a row from the left.
SELECT f.relation, f.chain, f.status, f.is_retracted, f.group_key, f.json, f.source_ids, f.codes,
    f.verification, f.step_json, f.sort_key, f.filter_words, f.id, f.status_day, f.status_before,
    f.until_day, f.first_day, f.last_day, f.known_day, f.rank, f.topic, f.measure, f.issue, f.holder,
    f.favours, f.against
FROM fact f
-- A join with this list would be prepared as two statements, each with all columns.
WHERE f.number IN (
        SELECT c.number
        FROM (SELECT value AS id FROM json_each(:relations)) AS r
        JOIN fact c ON c.relation = r.id
            AND (:topic IS NULL OR c.topic = :topic)
        -- if :ids
        UNION ALL
        SELECT c.number
        FROM (SELECT value AS id FROM json_each(:ids)) AS i
        JOIN fact c ON c.id = i.id
            AND (:topic IS NULL OR c.topic = :topic)
        -- if :pair
        UNION ALL
        SELECT c.number
        FROM filed_elsewhere e
        JOIN fact c ON c.id = e.fact
            AND (:topic IS NULL OR c.topic = :topic)
        WHERE e.pair = :pair
        -- end if
    )
    AND (:as_of IS NULL OR f.known_day <= :as_of)
    AND (:since IS NULL OR f.last_day >= :since)
    AND (:until IS NULL OR f.first_day <= :until)
    AND (:is_summary IS NULL OR f.is_headline = 1 OR f.is_generated = 1)
    AND (:is_curated IS NULL OR f.is_generated = 0)
    AND (:is_figure IS NULL OR f.measure IS NOT NULL)
    AND (:measure IS NULL OR f.measure = :measure)
