"""What PostgreSQL has of that which the suite asks for; the binds are asked for the same."""
from sqlalchemy.testing import exclusions
from sqlalchemy.testing.requirements import SuiteRequirements

OPEN = """
    array_type autocommit boolean_col_expressions check_constraint_reflection comment_reflection computed_columns
    computed_columns_default_persisted computed_columns_reflect_persisted computed_columns_stored cross_schema_fk_reflection ctes ctes_on_dml
    ctes_with_update_delete date_historic datetime_historic datetime_timezone default_schema_name_switch deferrable_fks
    delete_from except_ fetch_expression fetch_first fetch_no_order_by fetch_ties
    fk_constraint_option_reflection_ondelete_restrict fk_constraint_option_reflection_onupdate_restrict
    foreign_key_constraint_name_reflection foreign_key_constraint_option_reflection_ondelete
    foreign_key_constraint_option_reflection_onupdate has_temp_table identity_columns identity_columns_standard
    implicit_default_schema index_reflects_included_columns indexes_with_expressions infinity_floats intersect
    isolation_level json_type nullsordering order_by_label_with_expression percent_schema_names
    precision_numerics_enotation_large precision_numerics_enotation_small precision_numerics_many_significant_digits
    precision_numerics_retains_significant_digits reflect_tables_no_columns reflects_pk_names regexp_match
    regexp_replace savepoints schema_reflection schemas sequences standalone_binds supports_distinct_on
    table_ddl_if_exists temporary_views time_timezone timestamp_microseconds tuple_in two_phase_transactions
    unicode_ddl update_from views window_functions
""".split()


class Requirements(SuiteRequirements):
    # true while a test's tables are defined in one schema only
    one_schema = False

    def get_isolation_levels(self, config):
        levels = ["READ UNCOMMITTED", "READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE", "AUTOCOMMIT"]
        return {"default": "READ COMMITTED", "supported": levels}


def opened(name):
    if name in ("schemas", "cross_schema_fk_reflection"):
        return property(lambda self: exclusions.closed() if Requirements.one_schema else exclusions.open())
    return property(lambda self: exclusions.open())


for name in OPEN:
    setattr(Requirements, name, opened(name))
