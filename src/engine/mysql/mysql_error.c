/*
 * mysql_error.c
 *	  Errors of MySQL and MariaDB in PostgreSQL's codes.
 *
 * What has no row in the table keeps the server's own SQLSTATE where PostgreSQL
 * knows the class, and is HV000 else.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "engine/mysql/mysql_driver.h"

/* What an error does beside failing the statement. */
typedef enum MyEffect
{
	MY_NOTHING,
	MY_UNDOES_BRANCH,			/* the whole transaction is rolled back */
	MY_ENDS_CONNECTION
} MyEffect;

typedef struct MyErrorRow
{
	int			code;
	const char *own;			/* the server's SQLSTATE for it; where servers
								 * differ, the one that is not HY000 */
	int			sqlstate;
	MyEffect	effect;
} MyErrorRow;

/* In the order of codes: looked up by bisection. */
static const MyErrorRow error_rows[] = {
	{1005, "HY000", ERRCODE_FDW_ERROR}, /* cannot create a table */
	{1007, "HY000", ERRCODE_DUPLICATE_DATABASE},
	{1010, "HY000", ERRCODE_OBJECT_IN_USE},
	{1020, "HY000", ERRCODE_T_R_SERIALIZATION_FAILURE, MY_UNDOES_BRANCH},	/* snapshot is too old */
	{1021, "HY000", ERRCODE_DISK_FULL},
	{1022, "23000", ERRCODE_UNIQUE_VIOLATION},
	{1030, "HY000", ERRCODE_IO_ERROR},
	{1031, "HY000", ERRCODE_FEATURE_NOT_SUPPORTED},
	{1032, "HY000", ERRCODE_DATA_CORRUPTED},
	{1034, "HY000", ERRCODE_INDEX_CORRUPTED},
	{1037, "HY001", ERRCODE_OUT_OF_MEMORY},
	{1038, "HY001", ERRCODE_OUT_OF_MEMORY},
	{1040, "08004", ERRCODE_TOO_MANY_CONNECTIONS},
	{1041, "HY000", ERRCODE_OUT_OF_MEMORY},
	{1044, "42000", ERRCODE_INSUFFICIENT_PRIVILEGE},
	{1045, "28000", ERRCODE_INVALID_PASSWORD},
	{1046, "3D000", ERRCODE_INVALID_CATALOG_NAME},
	{1047, "08S01", ERRCODE_CONNECTION_FAILURE, MY_UNDOES_BRANCH},	/* Galera: not in a
																	 * quorum */
	{1048, "23000", ERRCODE_NOT_NULL_VIOLATION},
	{1049, "42000", ERRCODE_INVALID_CATALOG_NAME},
	{1050, "42S01", ERRCODE_DUPLICATE_TABLE},
	{1051, "42S02", ERRCODE_UNDEFINED_TABLE},
	{1052, "23000", ERRCODE_AMBIGUOUS_COLUMN},
	{1053, "08S01", ERRCODE_ADMIN_SHUTDOWN, MY_ENDS_CONNECTION},
	{1054, "42S22", ERRCODE_UNDEFINED_COLUMN},
	{1059, "42000", ERRCODE_NAME_TOO_LONG},
	{1060, "42S21", ERRCODE_DUPLICATE_COLUMN},
	{1061, "42000", ERRCODE_DUPLICATE_OBJECT},
	{1062, "23000", ERRCODE_UNIQUE_VIOLATION},
	{1064, "42000", ERRCODE_SYNTAX_ERROR},
	{1065, "42000", ERRCODE_SYNTAX_ERROR},
	{1067, "42000", ERRCODE_INVALID_TABLE_DEFINITION},
	{1068, "42000", ERRCODE_INVALID_TABLE_DEFINITION},
	{1071, "42000", ERRCODE_PROGRAM_LIMIT_EXCEEDED},
	{1072, "42000", ERRCODE_UNDEFINED_COLUMN},
	{1074, "42000", ERRCODE_INVALID_TABLE_DEFINITION},
	{1075, "42000", ERRCODE_INVALID_TABLE_DEFINITION},
	{1088, "HY000", ERRCODE_DATATYPE_MISMATCH},
	{1091, "42000", ERRCODE_UNDEFINED_OBJECT},
	{1095, "HY000", ERRCODE_INSUFFICIENT_PRIVILEGE},
	{1099, "HY000", ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE},
	{1100, "HY000", ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE},
	{1101, "42000", ERRCODE_INVALID_TABLE_DEFINITION},
	{1104, "42000", ERRCODE_PROGRAM_LIMIT_EXCEEDED},
	{1109, "42S02", ERRCODE_UNDEFINED_TABLE},
	{1110, "42000", ERRCODE_DUPLICATE_COLUMN},
	{1114, "HY000", ERRCODE_DISK_FULL},
	{1118, "42000", ERRCODE_PROGRAM_LIMIT_EXCEEDED},
	{1129, "HY000", ERRCODE_SQLSERVER_REJECTED_ESTABLISHMENT_OF_SQLCONNECTION},
	{1130, "HY000", ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION},
	{1136, "21S01", ERRCODE_SYNTAX_ERROR},
	{1138, "22004", ERRCODE_NULL_VALUE_NOT_ALLOWED},
	{1142, "42000", ERRCODE_INSUFFICIENT_PRIVILEGE},
	{1143, "42000", ERRCODE_INSUFFICIENT_PRIVILEGE},
	{1146, "42S02", ERRCODE_UNDEFINED_TABLE},
	{1152, "08S01", ERRCODE_CONNECTION_FAILURE, MY_ENDS_CONNECTION},
	{1153, "08S01", ERRCODE_PROGRAM_LIMIT_EXCEEDED, MY_ENDS_CONNECTION},	/* max_allowed_packet */
	{1158, "08S01", ERRCODE_CONNECTION_FAILURE, MY_ENDS_CONNECTION},
	{1159, "08S01", ERRCODE_CONNECTION_FAILURE, MY_ENDS_CONNECTION},
	{1160, "08S01", ERRCODE_CONNECTION_FAILURE, MY_ENDS_CONNECTION},
	{1161, "08S01", ERRCODE_CONNECTION_FAILURE, MY_ENDS_CONNECTION},
	{1169, "23000", ERRCODE_UNIQUE_VIOLATION},
	{1170, "42000", ERRCODE_INVALID_TABLE_DEFINITION},
	{1172, "42000", ERRCODE_CARDINALITY_VIOLATION},
	{1180, "HY000", ERRCODE_T_R_SERIALIZATION_FAILURE, MY_UNDOES_BRANCH},	/* error during COMMIT */
	{1184, "08S01", ERRCODE_CONNECTION_FAILURE, MY_ENDS_CONNECTION},
	{1194, "HY000", ERRCODE_DATA_CORRUPTED},
	{1195, "HY000", ERRCODE_DATA_CORRUPTED},
	{1196, "HY000", ERRCODE_WARNING},
	{1203, "42000", ERRCODE_TOO_MANY_CONNECTIONS},
	{1205, "HY000", ERRCODE_LOCK_NOT_AVAILABLE},
	{1206, "HY000", ERRCODE_OUT_OF_MEMORY, MY_UNDOES_BRANCH},	/* lock table is full */
	{1207, "25000", ERRCODE_READ_ONLY_SQL_TRANSACTION},
	{1213, "40001", ERRCODE_T_R_DEADLOCK_DETECTED, MY_UNDOES_BRANCH},
	{1215, "HY000", ERRCODE_INVALID_FOREIGN_KEY},
	{1216, "23000", ERRCODE_FOREIGN_KEY_VIOLATION},
	{1217, "23000", ERRCODE_FOREIGN_KEY_VIOLATION},
	{1222, "21000", ERRCODE_SYNTAX_ERROR},
	{1223, "HY000", ERRCODE_ACTIVE_SQL_TRANSACTION},
	{1226, "42000", ERRCODE_TOO_MANY_CONNECTIONS},
	{1227, "42000", ERRCODE_INSUFFICIENT_PRIVILEGE},
	{1235, "42000", ERRCODE_FEATURE_NOT_SUPPORTED},
	{1241, "21000", ERRCODE_SYNTAX_ERROR},
	{1242, "21000", ERRCODE_CARDINALITY_VIOLATION},
	{1251, "08004", ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION},
	{1263, "22004", ERRCODE_NOT_NULL_VIOLATION},
	{1264, "22003", ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE},
	{1265, "01000", ERRCODE_INVALID_TEXT_REPRESENTATION},	/* truncated: not a
															 * label, not a number */
	{1267, "HY000", ERRCODE_COLLATION_MISMATCH},
	{1270, "HY000", ERRCODE_COLLATION_MISMATCH},
	{1271, "HY000", ERRCODE_COLLATION_MISMATCH},
	{1273, "HY000", ERRCODE_UNDEFINED_OBJECT},
	{1286, "42000", ERRCODE_FEATURE_NOT_SUPPORTED},
	{1288, "HY000", ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE},	/* view cannot be
																 * changed */
	{1290, "HY000", ERRCODE_READ_ONLY_SQL_TRANSACTION}, /* --read-only */
	{1292, "22007", ERRCODE_INVALID_DATETIME_FORMAT},
	{1298, "HY000", ERRCODE_INVALID_PARAMETER_VALUE},
	{1299, "HY000", ERRCODE_INVALID_DATETIME_FORMAT},
	{1300, "HY000", ERRCODE_CHARACTER_NOT_IN_REPERTOIRE},
	{1301, "HY000", ERRCODE_PROGRAM_LIMIT_EXCEEDED},
	{1305, "42000", ERRCODE_UNDEFINED_FUNCTION},
	{1317, "70100", ERRCODE_QUERY_CANCELED},
	{1347, "HY000", ERRCODE_WRONG_OBJECT_TYPE},
	{1356, "HY000", ERRCODE_INVALID_OBJECT_DEFINITION},
	{1364, "HY000", ERRCODE_NOT_NULL_VIOLATION},
	{1365, "22012", ERRCODE_DIVISION_BY_ZERO},
	{1366, "22007", ERRCODE_INVALID_TEXT_REPRESENTATION},
	{1367, "22007", ERRCODE_INVALID_TEXT_REPRESENTATION},
	{1369, "44000", ERRCODE_WITH_CHECK_OPTION_VIOLATION},
	{1370, "42000", ERRCODE_INSUFFICIENT_PRIVILEGE},
	{1393, "HY000", ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE},	/* join view */
	{1394, "HY000", ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE},
	{1395, "HY000", ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE},
	{1397, "XAE04", ERRCODE_INVALID_TRANSACTION_STATE},
	{1398, "XAE05", ERRCODE_INVALID_TRANSACTION_STATE},
	{1399, "XAE07", ERRCODE_ACTIVE_SQL_TRANSACTION},	/* not inside of a
														 * transaction */
	{1400, "XAE09", ERRCODE_ACTIVE_SQL_TRANSACTION},
	{1401, "XAE03", ERRCODE_INVALID_TRANSACTION_STATE},
	{1402, "XA100", ERRCODE_T_R_SERIALIZATION_FAILURE, MY_UNDOES_BRANCH},
	{1406, "22001", ERRCODE_STRING_DATA_RIGHT_TRUNCATION},
	{1411, "HY000", ERRCODE_INVALID_DATETIME_FORMAT},
	{1412, "HY000", ERRCODE_T_R_SERIALIZATION_FAILURE}, /* definition is newer
														 * than snapshot */
	{1416, "22003", ERRCODE_INVALID_TEXT_REPRESENTATION},
	{1419, "HY000", ERRCODE_INSUFFICIENT_PRIVILEGE},
	{1436, "HY000", ERRCODE_STATEMENT_TOO_COMPLEX},
	{1440, "XAE08", ERRCODE_DUPLICATE_OBJECT},
	{1441, "22008", ERRCODE_DATETIME_VALUE_OUT_OF_RANGE},
	{1451, "23000", ERRCODE_FOREIGN_KEY_VIOLATION},
	{1452, "23000", ERRCODE_FOREIGN_KEY_VIOLATION},
	{1461, "42000", ERRCODE_PROGRAM_LIMIT_EXCEEDED},
	{1467, "HY000", ERRCODE_SEQUENCE_GENERATOR_LIMIT_EXCEEDED}, /* AUTO_INCREMENT */
	{1471, "HY000", ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE},	/* view: no INSERT */
	{1506, "HY000", ERRCODE_FEATURE_NOT_SUPPORTED}, /* foreign keys and
													 * partitions */
	{1526, "HY000", ERRCODE_CHECK_VIOLATION},	/* no partition for the value */
	{1557, "23000", ERRCODE_FOREIGN_KEY_VIOLATION},
	{1568, "25001", ERRCODE_ACTIVE_SQL_TRANSACTION},
	{1586, "23000", ERRCODE_UNIQUE_VIOLATION},
	{1598, "HY000", ERRCODE_CONNECTION_FAILURE, MY_UNDOES_BRANCH},	/* binary log */
	{1613, "XA106", ERRCODE_T_R_SERIALIZATION_FAILURE, MY_UNDOES_BRANCH},	/* XA_RBTIMEOUT */
	{1614, "XA102", ERRCODE_T_R_DEADLOCK_DETECTED, MY_UNDOES_BRANCH},	/* XA_RBDEADLOCK */
	{1637, "HY000", ERRCODE_T_R_SERIALIZATION_FAILURE, MY_UNDOES_BRANCH},	/* too many transactions */
	{1665, "HY000", ERRCODE_FEATURE_NOT_SUPPORTED}, /* binlog_format */
	{1690, "22003", ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE},
	{1698, "28000", ERRCODE_INVALID_PASSWORD},
	{1705, "HY000", ERRCODE_PROGRAM_LIMIT_EXCEEDED},
	{1713, "HY000", ERRCODE_PROGRAM_LIMIT_EXCEEDED},
	{1748, "HY000", ERRCODE_CHECK_VIOLATION},
	{1761, "23000", ERRCODE_UNIQUE_VIOLATION},
	{1762, "23000", ERRCODE_UNIQUE_VIOLATION},
	{1786, "HY000", ERRCODE_FEATURE_NOT_SUPPORTED},
	{1792, "25006", ERRCODE_READ_ONLY_SQL_TRANSACTION},
	{1813, "HY000", ERRCODE_DUPLICATE_TABLE},
	{1815, "HY000", ERRCODE_INTERNAL_ERROR},
	{1820, "HY000", ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION},	/* password has expired */
	{1822, "HY000", ERRCODE_INVALID_FOREIGN_KEY},
	{1824, "HY000", ERRCODE_INVALID_FOREIGN_KEY},
	{1825, "HY000", ERRCODE_INVALID_FOREIGN_KEY},
	{1826, "HY000", ERRCODE_DUPLICATE_OBJECT},
	{1832, "HY000", ERRCODE_FEATURE_NOT_SUPPORTED}, /* type of a foreign key's
													 * column */
	{1833, "HY000", ERRCODE_FEATURE_NOT_SUPPORTED},
	{1834, "HY000", ERRCODE_FOREIGN_KEY_VIOLATION},
	{1836, "HY000", ERRCODE_READ_ONLY_SQL_TRANSACTION},
	{1862, "HY000", ERRCODE_INVALID_PASSWORD},
	{1872, "HY000", ERRCODE_INVALID_PARAMETER_VALUE},
	{1901, "HY000", ERRCODE_INVALID_TABLE_DEFINITION},
	{1906, "HY000", ERRCODE_GENERATED_ALWAYS},	/* MariaDB: value for a
												 * generated column */
	{1927, "70100", ERRCODE_ADMIN_SHUTDOWN, MY_ENDS_CONNECTION},	/* MariaDB: killed */
	{1969, "70100", ERRCODE_QUERY_CANCELED},	/* MariaDB: max_statement_time */
	{2000, "HY000", ERRCODE_CONNECTION_FAILURE, MY_ENDS_CONNECTION},
	{2001, "HY000", ERRCODE_SQLCLIENT_UNABLE_TO_ESTABLISH_SQLCONNECTION, MY_ENDS_CONNECTION},
	{2002, "HY000", ERRCODE_SQLCLIENT_UNABLE_TO_ESTABLISH_SQLCONNECTION, MY_ENDS_CONNECTION},
	{2003, "HY000", ERRCODE_SQLCLIENT_UNABLE_TO_ESTABLISH_SQLCONNECTION, MY_ENDS_CONNECTION},
	{2004, "HY000", ERRCODE_SQLCLIENT_UNABLE_TO_ESTABLISH_SQLCONNECTION, MY_ENDS_CONNECTION},
	{2005, "HY000", ERRCODE_SQLCLIENT_UNABLE_TO_ESTABLISH_SQLCONNECTION, MY_ENDS_CONNECTION},
	{2006, "HY000", ERRCODE_CONNECTION_FAILURE, MY_ENDS_CONNECTION},
	{2007, "HY000", ERRCODE_PROTOCOL_VIOLATION, MY_ENDS_CONNECTION},
	{2008, "HY000", ERRCODE_OUT_OF_MEMORY, MY_ENDS_CONNECTION},
	{2012, "HY000", ERRCODE_SQLCLIENT_UNABLE_TO_ESTABLISH_SQLCONNECTION, MY_ENDS_CONNECTION},
	{2013, "HY000", ERRCODE_CONNECTION_FAILURE, MY_ENDS_CONNECTION},
	{2014, "HY000", ERRCODE_PROTOCOL_VIOLATION, MY_ENDS_CONNECTION},
	{2020, "HY000", ERRCODE_PROGRAM_LIMIT_EXCEEDED, MY_ENDS_CONNECTION},
	{2026, "HY000", ERRCODE_SQLCLIENT_UNABLE_TO_ESTABLISH_SQLCONNECTION, MY_ENDS_CONNECTION},
	{2027, "HY000", ERRCODE_PROTOCOL_VIOLATION, MY_ENDS_CONNECTION},
	{2055, "HY000", ERRCODE_CONNECTION_FAILURE, MY_ENDS_CONNECTION},
	{2058, "HY000", ERRCODE_SQLCLIENT_UNABLE_TO_ESTABLISH_SQLCONNECTION, MY_ENDS_CONNECTION},
	{2059, "HY000", ERRCODE_SQLCLIENT_UNABLE_TO_ESTABLISH_SQLCONNECTION, MY_ENDS_CONNECTION},
	{2061, "HY000", ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION, MY_ENDS_CONNECTION},
	{3024, "HY000", ERRCODE_QUERY_CANCELED},	/* MySQL: max_execution_time */
	{3058, "HY000", ERRCODE_T_R_DEADLOCK_DETECTED},
	{3100, "HY000", ERRCODE_T_R_SERIALIZATION_FAILURE, MY_UNDOES_BRANCH},	/* group replication */
	{3101, "40000", ERRCODE_T_R_SERIALIZATION_FAILURE, MY_UNDOES_BRANCH},
	{3102, "HY000", ERRCODE_INVALID_TABLE_DEFINITION},
	{3105, "HY000", ERRCODE_GENERATED_ALWAYS},	/* MySQL: value for a
												 * generated column */
	{3108, "HY000", ERRCODE_FEATURE_NOT_SUPPORTED}, /* MySQL: a column is
													 * computed from it */
	{3118, "HY000", ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION},	/* account is locked */
	{3140, "22032", ERRCODE_INVALID_TEXT_REPRESENTATION},	/* JSON */
	{3157, "22032", ERRCODE_STATEMENT_TOO_COMPLEX},
	{3159, "HY000", ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION},	/* TLS is demanded */
	{3164, "HY000", ERRCODE_QUERY_CANCELED},
	{3168, "HY000", ERRCODE_ADMIN_SHUTDOWN, MY_ENDS_CONNECTION},
	{3169, "HY000", ERRCODE_ADMIN_SHUTDOWN, MY_ENDS_CONNECTION},	/* MySQL: session was
																	 * killed */
	{3572, "HY000", ERRCODE_LOCK_NOT_AVAILABLE},	/* NOWAIT */
	{3730, "HY000", ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST},
	{3732, "22S03", ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE},	/* a latitude */
	{3733, "HY000", ERRCODE_INVALID_FOREIGN_KEY},
	{3734, "HY000", ERRCODE_INVALID_FOREIGN_KEY},
	{3756, "HY000", ERRCODE_FEATURE_NOT_SUPPORTED}, /* a primary key's
													 * expression */
	{3780, "HY000", ERRCODE_INVALID_FOREIGN_KEY},
	{3819, "HY000", ERRCODE_CHECK_VIOLATION},	/* MySQL */
	{3822, "HY000", ERRCODE_DUPLICATE_OBJECT},
	{3854, "HY000", ERRCODE_CHARACTER_NOT_IN_REPERTOIRE},
	{4025, "23000", ERRCODE_CHECK_VIOLATION},	/* MariaDB */
	{4031, "HY000", ERRCODE_IDLE_SESSION_TIMEOUT, MY_ENDS_CONNECTION},	/* MySQL: wait_timeout */
	{4151, "HY000", ERRCODE_INSUFFICIENT_PRIVILEGE},
	{4166, "HY000", ERRCODE_FEATURE_NOT_SUPPORTED},
	{6125, "HY000", ERRCODE_INVALID_FOREIGN_KEY},
};

#define MY_GRANT_HINT "The account of the bind needs rights on the database: GRANT them in the server."
#define MY_LOGIN_HINT "Look at user and password in the user mapping of the bind (ALTER USER MAPPING), and at the account in the server."

static const MyErrorRow *find_row(int code);
static const MyErrorRow *find_own_row(BindsDriverConn *conn, int code,
									  const char *sqlstate);
static bool is_own(const MyErrorRow *row, const char *sqlstate);
static int	own_sqlstate(const char *sqlstate, int otherwise);
static const char *connect_hint(int code);
static bool rollback_only(const MyErrorRow *row, const char *message);

void
binds_mysql_error(BindsDriverConn *conn, BindsError *error)
{
	MyError		last;

	my_last_error(conn->mysql, &last);
	binds_mysql_error_of(conn, last.code, last.sqlstate, last.message, error);
}

void
binds_mysql_error_of(BindsDriverConn *conn, int code, const char *own,
					 const char *message, BindsError *error)
{
	const MyErrorRow *row = find_own_row(conn, code, own);
	int			sqlstate = own_sqlstate(own, ERRCODE_FDW_ERROR);
	MyEffect	effect = MY_NOTHING;

	if (row != NULL)
	{
		if (row->sqlstate != 0)
			sqlstate = row->sqlstate;
		effect = row->effect;
		/* what MariaDB says of a table with a foreign key that it refuses */
		if (code == 1005 && strstr(message, "errno: 150") != NULL)
			sqlstate = ERRCODE_INVALID_FOREIGN_KEY;
		if (code == 1205 && conn->rollback_on_timeout)
			effect = MY_UNDOES_BRANCH;
		if (rollback_only(row, message))
		{
			sqlstate = ERRCODE_T_R_SERIALIZATION_FAILURE;
			effect = MY_UNDOES_BRANCH;
		}
	}
	if (code == 0)
		message = "the connection is out of step";

	/* what a procedure had set before it failed: the packet does not tell */
	binds_mysql_note_change(conn);
	conn->role_suspect |= sqlstate == ERRCODE_INSUFFICIENT_PRIVILEGE;

	if (effect == MY_ENDS_CONNECTION)
	{
		conn->broken = true;
		my_clear_tls_errors();
		binds_error_set(error, BINDS_ERROR_CONNECTION_LOST, sqlstate, code,
						"%s", message);
		error->branch_lost = conn->transaction != MY_NO_TRANSACTION;
	}
	else if (effect == MY_UNDOES_BRANCH && conn->transaction != MY_NO_TRANSACTION)
	{
		conn->branch_lost = true;
		binds_error_set(error, BINDS_ERROR_BRANCH_LOST, sqlstate, code, "%s", message);
		error->branch_lost = true;
	}
	else
		binds_error_set(error, BINDS_ERROR_STATEMENT, sqlstate, code, "%s", message);
	if (row != NULL && (code == 1832 || code == 1833))
		error->hint = "Drop the foreign key before, change the columns at both of its ends, and add it again.";
}

void
binds_mysql_connect_error(MYSQL *mysql, BindsError *error)
{
	int			code = mysql_errno(mysql);
	const MyErrorRow *row = find_row(code);
	int			sqlstate = ERRCODE_SQLCLIENT_UNABLE_TO_ESTABLISH_SQLCONNECTION;

	if (row != NULL && sqlstate != ERRCODE_CONNECTION_FAILURE)
		sqlstate = row->sqlstate;
	else if (row == NULL)
		sqlstate = own_sqlstate(mysql_sqlstate(mysql), sqlstate);

	/* a server that hangs up while we connect was not reached */
	if (sqlstate == ERRCODE_CONNECTION_FAILURE || sqlstate == ERRCODE_ADMIN_SHUTDOWN)
		sqlstate = ERRCODE_SQLCLIENT_UNABLE_TO_ESTABLISH_SQLCONNECTION;
	if (my_plugin_refused(mysql))
	{
		binds_error_set(error, BINDS_ERROR_CONNECTION_LOST,
						ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION, code,
						"the server asks for a login that is not by a password, or that the "
						"client library does not have: %s", mysql_error(mysql));
		return;
	}
	if (my_login_forbidden(mysql))
	{
		binds_error_set(error, BINDS_ERROR_CONNECTION_LOST,
						ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION, code,
						MY_IS_MARIADB_CLIENT ?
						"the server asks for a login that is not by a password, or for the "
						"password in a form that others could read without TLS" :
						"the server asks for the password in a form that others could "
						"read without TLS");
		error->hint = strstr(mysql_error(mysql), "sha2") == NULL ?
			"Turn TLS on, on the server and for the bind (ssl_mode)." :
			"Turn TLS on, on the server and for the bind (ssl_mode), or allow "
			"get_server_public_key on a network that can be trusted.";
		return;
	}
	binds_error_set(error, BINDS_ERROR_CONNECTION_LOST, sqlstate, code, "%s",
					code != 0 ? mysql_error(mysql) : "out of memory");
	error->hint = connect_hint(code);
}

bool
binds_mysql_ends_connection(int code)
{
	const MyErrorRow *row = find_row(code);

	return row != NULL ? row->effect == MY_ENDS_CONNECTION : my_is_client_errno(code);
}

void
binds_mysql_lost(BindsDriverConn *conn, BindsError *error, int sqlstate,
				 const char *message)
{
	conn->broken = true;
	binds_error_set(error, BINDS_ERROR_CONNECTION_LOST, sqlstate, 0, "%s", message);
	error->branch_lost = conn->transaction != MY_NO_TRANSACTION;
}

bool
binds_mysql_branch_lives(BindsDriverConn *conn, BindsError *error)
{
	if (!conn->branch_lost)
		return true;
	binds_error_set(error, BINDS_ERROR_BRANCH_LOST, ERRCODE_T_R_SERIALIZATION_FAILURE,
					0, "the server rolled the transaction back");
	error->branch_lost = true;
	return false;
}

static const MyErrorRow *
find_row(int code)
{
	int			low = 0,
				high = lengthof(error_rows) - 1;

	while (low <= high)
	{
		int			middle = (low + high) / 2;

		if (error_rows[middle].code == code)
			return &error_rows[middle];
		if (error_rows[middle].code < code)
			low = middle + 1;
		else
			high = middle - 1;
	}
	return NULL;
}

/*
 * The row of an error that is the server's or the client library's own, or NULL: a trigger
 * or routine may give its error any number (SIGNAL ... SET MYSQL_ERRNO), and then neither
 * the connection nor the transaction is at its end.
 */
static const MyErrorRow *
find_own_row(BindsDriverConn *conn, int code, const char *sqlstate)
{
	static const MyErrorRow client_row = {0, "HY000", 0, MY_ENDS_CONNECTION};
	const MyErrorRow *row = find_row(code);

	if (code == 0)
		return &client_row;
	if (row == NULL && my_is_client_errno(code))
		row = &client_row;
	if (row == NULL || is_own(row, sqlstate))
		return row;
	/* without a connection nothing has come from a server */
	return my_is_client_errno(code) && my_descriptor(conn->mysql) < 0 ? row : NULL;
}

/*
 * Is it the SQLSTATE that goes with a number?  Another one shows that somebody has chosen
 * the number.  HY000 goes with all, since it is what proxies, servers of other versions and
 * the client libraries say if they know none; class 08 with what ends the connection,
 * likewise.  NULL, or what is no SQLSTATE: it is not known.
 */
static bool
is_own(const MyErrorRow *row, const char *sqlstate)
{
	return sqlstate == NULL || strlen(sqlstate) != SQLSTATE_LENGTH ||
		strcmp(sqlstate, row->own) == 0 || strcmp(sqlstate, "HY000") == 0 ||
		strcmp(sqlstate, "00000") == 0 ||
		(row->effect == MY_ENDS_CONNECTION && strncmp(sqlstate, "08", 2) == 0);
}

/* The server's SQLSTATE, if it is of a class that means the same in PostgreSQL. */
static int
own_sqlstate(const char *sqlstate, int otherwise)
{
	static const char *const classes[] = {
		"08", "0A", "21", "22", "23", "24", "25", "26", "28", "40", "42", NULL
	};

	if (sqlstate == NULL || strlen(sqlstate) != 5 ||
		strspn(sqlstate, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 5)
		return otherwise;
	if (strcmp(sqlstate, "45000") == 0)
		return ERRCODE_RAISE_EXCEPTION;

	/* of these classes PostgreSQL has no such members */
	if (sqlstate[2] == 'S')
		return strncmp(sqlstate, "08", 2) == 0 ? ERRCODE_CONNECTION_FAILURE :
			ERRCODE_SYNTAX_ERROR_OR_ACCESS_RULE_VIOLATION;
	for (int i = 0; classes[i] != NULL; i++)
	{
		if (strncmp(sqlstate, classes[i], 2) == 0)
			return MAKE_SQLSTATE(sqlstate[0], sqlstate[1], sqlstate[2],
								 sqlstate[3], sqlstate[4]);
	}
	return otherwise;
}

/* What to do about an error of connecting; NULL if nothing can be said. */
static const char *
connect_hint(int code)
{
	static const struct
	{
		int			code;
		const char *hint;
	}			hints[] = {
		{1044, MY_GRANT_HINT},
		{1045, MY_LOGIN_HINT},
		{1049, "Make the database in the server, or look at its name in the URL of the bind."},
		{1130, "The server admits no account from this host: make one there."},
		{1698, MY_LOGIN_HINT},
		{2002, MY_REACH_HINT},
		{2003, MY_REACH_HINT}
	};

	for (size_t i = 0; i < lengthof(hints); i++)
	{
		if (hints[i].code == code)
			return hints[i].hint;
	}
	return NULL;
}

/* XAER_RMFAIL of a branch that the server rolled back, e.g. after a deadlock. */
static bool
rollback_only(const MyErrorRow *row, const char *message)
{
	return row != NULL && row->code == 1399 &&
		strstr(message, "ROLLBACK ONLY") != NULL;
}
