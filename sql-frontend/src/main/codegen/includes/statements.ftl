<#-- Statements that write, explain, set and transact. -->

/** A query or a write, as EXPLAIN takes it. */
SqlNode QueryOrWrite() :
{
    final SqlNode e;
}
{
    (
        e = InsertStatement()
    |
        e = UpdateStatement()
    |
        e = DeleteStatement()
    |
        e = SqlMerge()
    |
        e = CopyStatement()
    |
        e = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    )
    { return e; }
}

SqlNode ExplainStatement() :
{
    final Span s;
    boolean analyze = false;
    Explain.Format format = Explain.Format.TEXT;
    final SqlNode statement;
}
{
    <EXPLAIN> { s = span(); }
    (
        LOOKAHEAD(<PLAN> (<FOR> | <AS> <JSON> <FOR>))
        <PLAN> [ <AS> <JSON> { format = Explain.Format.JSON; } ] <FOR>
    |
        [ LOOKAHEAD(<ANALYZE>) <ANALYZE> { analyze = true; } ]
        [
            LOOKAHEAD(<LPAREN> (<FORMAT> | <ANALYZE>) (SimpleIdentifier() | <COMMA> | <RPAREN>))
            <LPAREN>
            (
                <FORMAT> format = ExplainFormat()
            |
                <ANALYZE> { analyze = true; }
            )
            (
                <COMMA>
                (
                    <FORMAT> format = ExplainFormat()
                |
                    <ANALYZE> { analyze = true; }
                )
            )*
            <RPAREN>
        ]
    )
    statement = QueryOrWrite()
    { return new SqlCommand(s.end(this), new Explain(statement, analyze, format)); }
}

Explain.Format ExplainFormat() :
{
    final SqlIdentifier name;
}
{
    name = SimpleIdentifier() { return OptionValues.explainFormat(name); }
}

/** INSERT with what may follow it; without that, Calcite's plain node. */
SqlNode InsertStatement() :
{
    final SqlNode insert;
    SqlNode write;
    final SqlNodeList items;
    final Span s;
    final List<SqlIdentifier> none = new ArrayList<SqlIdentifier>();
    List<SqlIdentifier> target = none;
    InsertOnConflict.Action action;
    final List<Assignment> assignments = new ArrayList<Assignment>();
}
{
    insert = SqlInsert() { write = insert; s = Span.of(insert); }
    [
        <ON>
        (
            <CONFLICT> [ target = ColumnNames() ] <DO> action = ConflictAction()
        |
            <DUPLICATE> <KEY> <UPDATE>
            AddAssignment(assignments) ( <COMMA> AddAssignment(assignments) )*
            { action = new InsertOnConflict.DoUpdate(assignments, null); }
        )
        { write = new SqlCommand(s.end(this), new InsertOnConflict((SqlInsert) insert, target, action)); }
    ]
    write = ReturningClause(write)
    { return write; }
}

InsertOnConflict.Action ConflictAction() :
{
    final List<Assignment> assignments = new ArrayList<Assignment>();
    SqlNode where = null;
}
{
    <NOTHING> { return new InsertOnConflict.DoNothing(); }
|
    <UPDATE> <SET> AddAssignment(assignments) ( <COMMA> AddAssignment(assignments) )*
    [ where = Where() ]
    { return new InsertOnConflict.DoUpdate(assignments, where); }
}

void AddAssignment(List<Assignment> assignments) :
{
    final SqlIdentifier column;
    final SqlIdentifier inserted;
    final SqlNode e;
    final Span s;
}
{
    column = SimpleIdentifier() <EQ>
    (
        LOOKAHEAD(<VALUES> <LPAREN> SimpleIdentifier() <RPAREN>)
        <VALUES> { s = span(); } <LPAREN> inserted = SimpleIdentifier() <RPAREN>
        { e = new SqlIdentifier(Arrays.asList("excluded", inserted.getSimple()), s.end(this)); }
    |
        e = Default()
    |
        e = Expression(ExprContext.ACCEPT_SUB_QUERY)
    )
    { assignments.add(new Assignment(column, e)); }
}

SqlNode ReturningClause(SqlNode write) :
{
    final List<SqlNode> items = new ArrayList<SqlNode>();
    final Span s;
}
{
    <RETURNING> { s = span(); } AddSelectItem(items) ( <COMMA> AddSelectItem(items) )*
    {
        return new SqlCommand(
            Span.of(write).end(this), new Returning(write, new SqlNodeList(items, s.end(this))));
    }
|
    { return write; }
}

SqlNode UpdateStatement() :
{
    SqlNode write;
}
{
    write = SqlUpdate() write = ReturningClause(write) { return write; }
}

SqlNode DeleteStatement() :
{
    SqlNode write;
}
{
    write = SqlDelete() write = ReturningClause(write) { return write; }
}

SqlNode SetStatement() :
{
    final Span s;
    SettingScope scope = SettingScope.SESSION;
    final Command command;
}
{
    <SET> { s = span(); }
    (
        LOOKAHEAD(<TRANSACTION> (<ISOLATION> | <READ>))
        <TRANSACTION> command = TransactionModes(true)
    |
        [
            LOOKAHEAD(<LOCAL> SimpleIdentifier()) <LOCAL> { scope = SettingScope.TRANSACTION; }
        |
            LOOKAHEAD(<SESSION> SimpleIdentifier()) <SESSION>
        ]
        command = SettingValue(scope)
    )
    { return new SqlCommand(s.end(this), command); }
}

Command SettingValue(SettingScope scope) :
{
    final SqlIdentifier name;
    String value = null;
    final SqlNode e;
}
{
    name = CompoundIdentifier() ( <EQ> | <TO> )
    (
        <DEFAULT_>
    |
        e = OptionValue() { value = OptionValues.text(e); }
    )
    { return new SetSetting(scope, name, value); }
}

SqlNode ResetStatement() :
{
    final Span s;
    final Command command;
}
{
    <RESET> { s = span(); } command = SettingReset(SettingScope.SESSION)
    { return new SqlCommand(s.end(this), command); }
}

Command SettingReset(SettingScope scope) :
{
    SqlIdentifier name = null;
}
{
    ( <ALL> | name = CompoundIdentifier() )
    { return new ResetSetting(scope, name); }
}

SqlNode ShowStatement() :
{
    final Span s;
    SqlIdentifier name = null;
}
{
    <SHOW> { s = span(); } ( <ALL> | name = CompoundIdentifier() )
    { return new SqlCommand(s.end(this), new ShowSetting(name)); }
}

SqlNode TransactionStatement() :
{
    final Span s;
    final Command command;
    final SqlIdentifier name;
}
{
    (
        <BEGIN> { s = span(); } [ LOOKAHEAD(1) ( <WORK> | <TRANSACTION> ) ] command = TransactionModes(false)
    |
        <START> { s = span(); } <TRANSACTION> command = TransactionModes(false)
    |
        <COMMIT> { s = span(); } [ <WORK> | <TRANSACTION> ] { command = new CommitTransaction(); }
    |
        <ROLLBACK> { s = span(); } [ <WORK> | <TRANSACTION> ]
        (
            <TO> [ LOOKAHEAD(<SAVEPOINT> SimpleIdentifier()) <SAVEPOINT> ] name = SimpleIdentifier()
            { command = new RollbackToSavepoint(name); }
        |
            { command = new RollbackTransaction(); }
        )
    |
        <SAVEPOINT> { s = span(); } name = SimpleIdentifier() { command = new Savepoint(name); }
    |
        <RELEASE> { s = span(); } [ LOOKAHEAD(<SAVEPOINT> SimpleIdentifier()) <SAVEPOINT> ] name = SimpleIdentifier()
        { command = new ReleaseSavepoint(name); }
    )
    { return new SqlCommand(s.end(this), command); }
}

/** ISOLATION LEVEL ..., READ ONLY, READ WRITE, in any order, commas or not. */
Command TransactionModes(boolean isSet) :
{
    String isolation = null;
    Boolean readOnly = null;
}
{
    (
        (
            <ISOLATION> <LEVEL> isolation = IsolationLevel()
        |
            LOOKAHEAD(2) <READ> <ONLY> { readOnly = true; }
        |
            <READ> <WRITE> { readOnly = false; }
        )
        [ <COMMA> ]
    )*
    {
        return isSet
            ? new SetTransaction(isolation, readOnly)
            : new BeginTransaction(isolation, Boolean.TRUE.equals(readOnly));
    }
}

String IsolationLevel() :
{ }
{
    LOOKAHEAD(2) <READ> <COMMITTED> { return "READ COMMITTED"; }
|
    <READ> <UNCOMMITTED> { return "READ UNCOMMITTED"; }
|
    <REPEATABLE> <READ> { return "REPEATABLE READ"; }
|
    <SERIALIZABLE> { return "SERIALIZABLE"; }
}

SqlNode TruncateStatement() :
{
    final Span s;
    final SqlIdentifier name;
}
{
    <TRUNCATE> { s = span(); } [ <TABLE> | LOOKAHEAD(<COLLECTION> SimpleIdentifier()) <COLLECTION> ] name = CompoundIdentifier()
    { return new SqlCommand(s.end(this), new TruncateTable(name)); }
}

SqlNode OptimizeStatement() :
{
    final Span s;
    final SqlIdentifier name;
}
{
    <OPTIMIZE> { s = span(); } [ <TABLE> | LOOKAHEAD(<COLLECTION> SimpleIdentifier()) <COLLECTION> ] name = CompoundIdentifier()
    { return new SqlCommand(s.end(this), new OptimizeTable(name)); }
}

SqlNode ReindexStatement() :
{
    final Span s;
    boolean table = false;
    final SqlIdentifier name;
}
{
    <REINDEX> { s = span(); } ( <INDEX> | <TABLE> { table = true; } )
    [ LOOKAHEAD(<CONCURRENTLY> SimpleIdentifier()) <CONCURRENTLY> ]
    name = CompoundIdentifier()
    { return new SqlCommand(s.end(this), new Reindex(name, table)); }
}

SqlNode UseStatement() :
{
    final Span s;
    final SqlIdentifier name;
}
{
    <USE> { s = span(); } [ LOOKAHEAD(<SCHEMA> SimpleIdentifier()) <SCHEMA> ] name = SimpleIdentifier()
    { return new SqlCommand(s.end(this), new UseSchema(name)); }
}

SqlNode BackupStatement() :
{
    final Span s;
    final SqlNode directory;
}
{
    <BACKUP> { s = span(); } <TO> directory = StringLiteral()
    { return new SqlCommand(s.end(this), new Backup(OptionValues.text(directory))); }
}

SqlNode CopyStatement() :
{
    final Span s;
    SqlIdentifier table = null;
    SqlNode source = null;
    List<SqlIdentifier> columns = new ArrayList<SqlIdentifier>();
    List<OptionClause> settings = new ArrayList<OptionClause>();
    final SqlNode file;
    final Command command;
}
{
    <COPY> { s = span(); }
    (
        <LPAREN> source = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY) <RPAREN>
    |
        table = CompoundIdentifier() { source = table; } [ columns = ColumnNames() ]
    )
    (
        <FROM> { if (table == null) { throw Misuse.copyFromIntoQuery(s.end(this)); } }
        file = StringLiteral() [ <WITH> ] [ settings = OptionClauses() ]
        { command = new CopyFrom(table, columns, OptionValues.text(file), settings); }
    |
        <TO> { if (!columns.isEmpty()) { throw Misuse.copyColumnsTo(s.end(this)); } }
        file = StringLiteral() [ <WITH> ] [ settings = OptionClauses() ]
        { command = new CopyTo(source, OptionValues.text(file), settings); }
    )
    { return new SqlCommand(s.end(this), command); }
}
