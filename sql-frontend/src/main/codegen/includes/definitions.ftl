<#-- Statements that define: CREATE, DROP, ALTER, COMMENT. -->

boolean IfNotExists() :
{ }
{
    LOOKAHEAD(3) <IF> <NOT> <EXISTS> { return true; }
|
    { return false; }
}

boolean IfExists() :
{ }
{
    LOOKAHEAD(2) <IF> <EXISTS> { return true; }
|
    { return false; }
}

boolean Cascade() :
{ }
{
    <CASCADE> { return true; }
|
    <RESTRICT> { return false; }
|
    { return false; }
}

List<SqlIdentifier> ColumnNames() :
{
    final List<SqlIdentifier> names = new ArrayList<SqlIdentifier>();
    SqlIdentifier name;
}
{
    <LPAREN> name = SimpleIdentifier() { names.add(name); }
    ( <COMMA> name = SimpleIdentifier() { names.add(name); } )*
    <RPAREN>
    { return names; }
}

/** (name = value, ...) */
List<OptionClause> OptionClauses() :
{
    final List<OptionClause> settings = new ArrayList<OptionClause>();
}
{
    <LPAREN> AddOption(settings) ( <COMMA> AddOption(settings) )* <RPAREN>
    { return settings; }
}

void AddOption(List<OptionClause> settings) :
{
    final SqlIdentifier name;
    final SqlNode value;
}
{
    name = CompoundIdentifier() [ <EQ> ] value = OptionValue()
    { settings.add(new OptionClause(name, OptionValues.text(value), value.getParserPosition())); }
}

/** A literal, or a word that stands for itself. */
SqlNode OptionValue() :
{
    SqlNode e;
}
{
    (
        e = NumericLiteral()
    |
        e = StringLiteral()
    |
        <TRUE> { e = SqlLiteral.createBoolean(true, getPos()); }
    |
        <FALSE> { e = SqlLiteral.createBoolean(false, getPos()); }
    |
        <ON> { e = new SqlIdentifier("on", getPos()); }
    |
        e = CompoundIdentifier()
    )
    { return e; }
}

SqlNode CreateStatement() :
{
    final Span s;
    boolean replace = false;
    final Command command;
}
{
    <CREATE> { s = span(); }
    [ <OR> <REPLACE> { replace = true; } ]
    (
        command = CreateTable()
    |
        command = CreateIndex()
    |
        command = CreateView(replace)
    |
        command = CreateFunction(replace)
    |
        command = CreateSchema()
    |
        command = CreateAccess()
    )
    {
        if (replace && !(command instanceof CreateView || command instanceof CreateFunction)) {
            throw Misuse.orReplace(command, s.end(this));
        }
        return new SqlCommand(s.end(this), command);
    }
}

Command CreateFunction(boolean replace) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    final SqlNode method;
}
{
    <FUNCTION> ifNotExists = IfNotExists() name = SimpleIdentifier()
    [ <LANGUAGE> SimpleIdentifier() ]
    <AS> method = StringLiteral()
    { return new CreateFunction(name, replace, ifNotExists, OptionValues.text(method)); }
}

Command CreateSchema() :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
}
{
    <SCHEMA> ifNotExists = IfNotExists() name = CompoundIdentifier()
    { return new CreateSchema(name, ifNotExists); }
}

Command CreateTable() :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    final List<ColumnClause> columns = new ArrayList<ColumnClause>();
    final List<ConstraintClause> constraints = new ArrayList<ConstraintClause>();
    List<OptionClause> settings = new ArrayList<OptionClause>();
    SqlNode query = null;
}
{
    ( <TABLE> | <COLLECTION> ) ifNotExists = IfNotExists() name = CompoundIdentifier()
    [
        <LPAREN> TableElement(columns, constraints)
        ( <COMMA> TableElement(columns, constraints) )*
        <RPAREN>
    ]
    [ <WITH> settings = OptionClauses() ]
    [ <AS> query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY) ]
    { return new CreateTable(name, ifNotExists, columns, constraints, settings, query); }
}

void TableElement(List<ColumnClause> columns, List<ConstraintClause> constraints) :
{
    final ColumnClause column;
    final ConstraintClause constraint;
}
{
    LOOKAHEAD( <CONSTRAINT> SimpleIdentifier() (<CHECK> | <UNIQUE> | <PRIMARY> | <FOREIGN>)
        | <PRIMARY> <KEY> <LPAREN> | <UNIQUE> <LPAREN> | <CHECK> <LPAREN> | <FOREIGN> <KEY> <LPAREN> )
    constraint = Constraint() { constraints.add(constraint); }
|
    column = Column() { columns.add(column); }
}

ConstraintClause Constraint() :
{
    final Span s = Span.of();
    SqlIdentifier name = null;
    final List<SqlIdentifier> columns;
    List<SqlIdentifier> others = new ArrayList<SqlIdentifier>();
    final SqlIdentifier table;
    final SqlNode e;
}
{
    [ <CONSTRAINT> { s.add(this); } name = SimpleIdentifier() ]
    (
        <PRIMARY> { s.add(this); } <KEY> columns = ColumnNames()
        { return new ConstraintClause.PrimaryKey(name, columns, s.end(this)); }
    |
        <UNIQUE> { s.add(this); } columns = ColumnNames()
        { return new ConstraintClause.Unique(name, columns, s.end(this)); }
    |
        <CHECK> { s.add(this); } <LPAREN> e = Expression(ExprContext.ACCEPT_SUB_QUERY) <RPAREN>
        { return new ConstraintClause.Check(name, e, s.end(this)); }
    |
        <FOREIGN> { s.add(this); } <KEY> columns = ColumnNames()
        <REFERENCES> table = CompoundIdentifier() [ others = ColumnNames() ]
        { return new ConstraintClause.ForeignKey(name, columns, table, others, s.end(this)); }
    )
}

ColumnClause Column() :
{
    final SqlIdentifier name;
    final SqlDataTypeSpec type;
    final List<ColumnConstraint> constraints = new ArrayList<ColumnConstraint>();
    final Span s;
}
{
    name = SimpleIdentifier() { s = span(); }
    type = DataType()
    ( ColumnConstraint(constraints) )*
    { return new ColumnClause(name, type, constraints, s.end(this)); }
}

void ColumnConstraint(List<ColumnConstraint> constraints) :
{
    final Span s = Span.of();
    SqlIdentifier name = null;
    final SqlIdentifier table;
    List<SqlIdentifier> columns = new ArrayList<SqlIdentifier>();
    final SqlNode e;
    boolean always = false;
}
{
    [ <CONSTRAINT> name = SimpleIdentifier() ]
    (
        <NULL> { constraints.add(new ColumnConstraint.AllowNull(getPos())); }
    |
        <NOT> { s.add(this); } <NULL> { constraints.add(new ColumnConstraint.NotNull(s.end(this))); }
    |
        <PRIMARY> { s.add(this); } <KEY> { constraints.add(new ColumnConstraint.PrimaryKey(s.end(this))); }
    |
        <UNIQUE> { constraints.add(new ColumnConstraint.Unique(name, getPos())); }
    |
        <DEFAULT_> { s.add(this); } e = Expression(ExprContext.ACCEPT_SUB_QUERY)
        { constraints.add(new ColumnConstraint.Default(e, s.end(this))); }
    |
        <CHECK> { s.add(this); } <LPAREN> e = Expression(ExprContext.ACCEPT_SUB_QUERY) <RPAREN>
        { constraints.add(new ColumnConstraint.Check(name, e, s.end(this))); }
    |
        <HIDDEN> { constraints.add(new ColumnConstraint.Hidden(getPos())); }
    |
        <GENERATED> { s.add(this); }
        ( <ALWAYS> { always = true; } | <BY> <DEFAULT_> )
        <AS>
        (
            <IDENTITY> { constraints.add(new ColumnConstraint.Identity(always, s.end(this))); }
        |
            <LPAREN> e = Expression(ExprContext.ACCEPT_SUB_QUERY) <RPAREN>
            { constraints.add(new ColumnConstraint.Computed(e, s.end(this))); }
        )
    |
        <REFERENCES> { s.add(this); } table = CompoundIdentifier() [ columns = ColumnNames() ]
        { constraints.add(new ColumnConstraint.References(table, columns, s.end(this))); }
    )
}

Command CreateIndex() :
{
    boolean unique = false;
    boolean vector = false;
    boolean ifNotExists = false;
    SqlIdentifier name = null;
    final SqlIdentifier table;
    SqlIdentifier method = null;
    final List<IndexKeyClause> keys = new ArrayList<IndexKeyClause>();
    List<OptionClause> settings = new ArrayList<OptionClause>();
}
{
    [ <UNIQUE> { unique = true; } ]
    [ LOOKAHEAD({ getToken(1).kind == IDENTIFIER && getToken(1).image.equalsIgnoreCase("VECTOR") })
      <IDENTIFIER> { vector = true; } ]
    <INDEX>
    [ LOOKAHEAD(<CONCURRENTLY> (<ON> | <IF> | SimpleIdentifier())) <CONCURRENTLY> ]
    ifNotExists = IfNotExists()
    [ name = SimpleIdentifier() ]
    <ON> table = CompoundIdentifier()
    [ <USING> method = SimpleIdentifier() ]
    <LPAREN> IndexKey(keys) ( <COMMA> IndexKey(keys) )* <RPAREN>
    [ <USING> method = SimpleIdentifier() ]
    [ <WITH> settings = OptionClauses() ]
    {
        return new CreateIndex(
            name, table, ifNotExists, unique, vector, method, keys, settings);
    }
}

void IndexKey(List<IndexKeyClause> keys) :
{
    final SqlNode e;
    SqlIdentifier operatorClass = null;
    final Span s = Span.of();
}
{
    e = Expression(ExprContext.ACCEPT_SUB_QUERY)
    [
        LOOKAHEAD(1)
        ( <ASC> | <DESC> | operatorClass = SimpleIdentifier() )
    ]
    { keys.add(new IndexKeyClause(e, operatorClass, s.add(e).end(this))); }
}

Command CreateView(boolean replace) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    List<SqlIdentifier> columns = new ArrayList<SqlIdentifier>();
    final SqlNode query;
}
{
    <VIEW> ifNotExists = IfNotExists() name = CompoundIdentifier()
    [ columns = ColumnNames() ]
    <AS> query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    { return new CreateView(name, replace, ifNotExists, columns, query); }
}

SqlNode DropStatement() :
{
    final Span s;
    final boolean ifExists;
    final boolean cascade;
    final SqlIdentifier name;
    SqlIdentifier table = null;
    final Command command;
}
{
    <DROP> { s = span(); }
    (
        ( <TABLE> | <COLLECTION> ) ifExists = IfExists() name = CompoundIdentifier() cascade = Cascade()
        { command = new DropTable(name, ifExists, cascade); }
    |
        <INDEX>
        [ LOOKAHEAD(<CONCURRENTLY> (<IF> | SimpleIdentifier())) <CONCURRENTLY> ]
        ifExists = IfExists() name = CompoundIdentifier()
        [ <ON> table = CompoundIdentifier() ]
        Cascade()
        { command = new DropIndex(name, table, ifExists); }
    |
        <FUNCTION> ifExists = IfExists() name = SimpleIdentifier()
        { command = new DropFunction(name, ifExists); }
    |
        <VIEW> ifExists = IfExists() name = CompoundIdentifier() Cascade()
        { command = new DropView(name, ifExists); }
    |
        <SCHEMA> ifExists = IfExists() name = CompoundIdentifier() cascade = Cascade()
        { command = new DropSchema(name, ifExists, cascade); }
    |
        command = DropAccess()
    )
    { return new SqlCommand(s.end(this), command); }
}

SqlNode AlterStatement() :
{
    final Span s;
    final boolean ifExists;
    final SqlIdentifier name;
    SqlIdentifier newName = null;
    List<OptionClause> settings = new ArrayList<OptionClause>();
    final List<TableChange> changes = new ArrayList<TableChange>();
    final SettingScope scope;
    final Command command;
}
{
    <ALTER> { s = span(); }
    (
        ( <TABLE> | <COLLECTION> ) ifExists = IfExists() name = CompoundIdentifier()
        TableChange(changes) ( <COMMA> TableChange(changes) )*
        { command = new AlterTable(name, ifExists, changes); }
    |
        <INDEX> ifExists = IfExists() name = CompoundIdentifier()
        (
            <SET> settings = OptionClauses()
        |
            <RENAME> <TO> newName = SimpleIdentifier()
        )
        { command = new AlterIndex(name, ifExists, newName, settings); }
    |
        command = AlterAccess()
    |
        ( <SESSION> { scope = SettingScope.SESSION; } | <SYSTEM> { scope = SettingScope.SYSTEM; } )
        (
            <SET> command = SettingValue(scope)
        |
            <RESET> command = SettingReset(scope)
        )
    )
    { return new SqlCommand(s.end(this), command); }
}

void TableChange(List<TableChange> changes) :
{
    boolean flag = false;
    final SqlIdentifier name;
    final SqlIdentifier newName;
    final ColumnClause column;
    final ConstraintClause constraint;
    final List<OptionClause> settings;
}
{
    <ADD>
    (
        LOOKAHEAD( <CONSTRAINT> SimpleIdentifier() (<CHECK> | <UNIQUE> | <PRIMARY> | <FOREIGN>)
            | <PRIMARY> <KEY> <LPAREN> | <UNIQUE> <LPAREN> | <CHECK> <LPAREN> | <FOREIGN> <KEY> <LPAREN> )
        constraint = Constraint() { changes.add(new TableChange.AddConstraint(constraint)); }
    |
        [ LOOKAHEAD(<COLUMN> (<IF> | SimpleIdentifier() DataType())) <COLUMN> ] flag = IfNotExists() column = Column()
        { changes.add(new TableChange.AddColumn(column, flag)); }
    )
|
    <DROP>
    (
        LOOKAHEAD(<CONSTRAINT> (<IF> | SimpleIdentifier()))
        <CONSTRAINT> flag = IfExists() name = SimpleIdentifier()
        { changes.add(new TableChange.DropConstraint(name, flag)); }
    |
        [ LOOKAHEAD(<COLUMN> (<IF> | SimpleIdentifier())) <COLUMN> ] flag = IfExists() name = SimpleIdentifier()
        { changes.add(new TableChange.DropColumn(name, flag)); }
    )
    Cascade()
|
    <RENAME>
    (
        LOOKAHEAD(<TO> SimpleIdentifier())
        <TO> newName = SimpleIdentifier() { changes.add(new TableChange.RenameTable(newName)); }
    |
        [ LOOKAHEAD(<COLUMN> SimpleIdentifier() <TO>) <COLUMN> ] name = SimpleIdentifier() <TO> newName = SimpleIdentifier()
        { changes.add(new TableChange.RenameColumn(name, newName)); }
    )
|
    <ALTER> [ LOOKAHEAD(<COLUMN> SimpleIdentifier()) <COLUMN> ] name = SimpleIdentifier()
    ColumnChange(changes, name)
|
    <SET> settings = OptionClauses() { changes.add(new TableChange.SetOptions(settings)); }
}

void ColumnChange(List<TableChange> changes, SqlIdentifier name) :
{
    final SqlNode e;
    final SqlDataTypeSpec type;
}
{
    LOOKAHEAD(2)
    <SET> <DEFAULT_> e = Expression(ExprContext.ACCEPT_SUB_QUERY)
    { changes.add(new TableChange.SetDefault(name, e)); }
|
    LOOKAHEAD(2)
    <SET> <NOT> <NULL> { changes.add(new TableChange.SetNullable(name, false)); }
|
    LOOKAHEAD(2)
    <DROP> <DEFAULT_> { changes.add(new TableChange.SetDefault(name, null)); }
|
    LOOKAHEAD(2)
    <DROP> <NOT> <NULL> { changes.add(new TableChange.SetNullable(name, true)); }
|
    [ <SET> <DATA> ] <TYPE> type = DataType()
    { changes.add(new TableChange.SetType(name, type)); }
}

SqlNode CommentStatement() :
{
    final Span s;
    final CommentOn.Target target;
    final SqlIdentifier name;
    String comment = null;
    final SqlNode text;
}
{
    <COMMENT> { s = span(); } <ON>
    (
        ( <TABLE> | <COLLECTION> ) { target = CommentOn.Target.TABLE; }
    |
        <COLUMN> { target = CommentOn.Target.COLUMN; }
    |
        <INDEX> { target = CommentOn.Target.INDEX; }
    |
        <VIEW> { target = CommentOn.Target.VIEW; }
    |
        <SCHEMA> { target = CommentOn.Target.SCHEMA; }
    )
    name = CompoundIdentifier() <IS>
    (
        text = StringLiteral() { comment = OptionValues.text(text); }
    |
        <NULL>
    )
    { return new SqlCommand(s.end(this), new CommentOn(target, name, comment)); }
}
