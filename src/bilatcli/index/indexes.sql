-- The indexes that the statements use. They are created after the tables have been filled, which is
-- faster.

CREATE INDEX fact_relation ON fact (relation, topic);
CREATE INDEX fact_slug ON fact (slug);
CREATE INDEX fact_issue ON fact (issue, holder);
CREATE INDEX fact_event ON fact (event);
CREATE INDEX fact_superseded_by ON fact (superseded_by);
CREATE INDEX fact_pack ON fact (pack);
CREATE INDEX evidence_source ON evidence (source);
CREATE INDEX relation_coverage ON relation (coverage, id);
CREATE INDEX header_pack ON header (pack);
CREATE INDEX source_pack ON source (pack);
CREATE INDEX data_table_pack ON data_table (pack);
CREATE INDEX fact_word_stem ON fact_word (stem) WHERE stem <> '';
