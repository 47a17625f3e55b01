<#-- Statements about users: who there is, and who may do what. -->

/** CREATE USER|ROLE|API KEY|POLICY, after CREATE. */
Command CreateAccess() :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    SqlNode literal = null;
    SqlIdentifier other = null;
    SqlIdentifier table;
    boolean readOnly = false;
    AccessCommand.On on = null;
}
{
    <USER> ifNotExists = IfNotExists() name = SimpleIdentifier()
    [ <PASSWORD> literal = StringLiteral() ]
    { return new AccessCommand.CreateUser(name, ifNotExists, literal); }
|
    <ROLE> ifNotExists = IfNotExists() name = SimpleIdentifier()
    { return new AccessCommand.CreateRole(name, ifNotExists); }
|
    <API> <KEY> name = SimpleIdentifier()
    [ <FOR> other = SimpleIdentifier() ]
    [ <READ> <ONLY> { readOnly = true; } ]
    [ <ON> on = GrantTarget() ]
    [ <EXPIRES> <IN> literal = UnsignedNumericLiteral() <DAYS> ]
    { return new AccessCommand.CreateKey(name, other, readOnly, on, literal); }
|
    <POLICY> name = SimpleIdentifier() <ON> table = CompoundIdentifier()
    [ <TO> other = SimpleIdentifier() ]
    <USING> <LPAREN> literal = Expression(ExprContext.ACCEPT_NON_QUERY) <RPAREN>
    { return new AccessCommand.CreatePolicy(name, table, other, literal); }
}

/** DROP USER|ROLE|API KEY|POLICY, after DROP. */
Command DropAccess() :
{
    final boolean ifExists;
    final SqlIdentifier name;
    final SqlIdentifier table;
}
{
    <USER> ifExists = IfExists() name = SimpleIdentifier()
    { return new AccessCommand.DropGrantee(name, ifExists, true); }
|
    <ROLE> ifExists = IfExists() name = SimpleIdentifier()
    { return new AccessCommand.DropGrantee(name, ifExists, false); }
|
    <API> <KEY> ifExists = IfExists() name = SimpleIdentifier()
    { return new AccessCommand.DropKey(name, ifExists); }
|
    <POLICY> ifExists = IfExists() name = SimpleIdentifier() <ON> table = CompoundIdentifier()
    { return new AccessCommand.DropPolicy(name, table, ifExists); }
}

/** ALTER USER, after ALTER. */
Command AlterAccess() :
{
    final SqlIdentifier name;
    final SqlNode password;
}
{
    <USER> name = SimpleIdentifier() <PASSWORD> password = StringLiteral()
    { return new AccessCommand.AlterUser(name, password); }
}

SqlNode GrantStatement() :
{
    final Span s;
    boolean revoke = false;
    final List<String> privileges = new ArrayList<String>();
    AccessCommand.On on;
    final SqlIdentifier first;
    SqlIdentifier grantee;
    final Command command;
}
{
    (
        <GRANT> { s = span(); }
    |
        <REVOKE> { s = span(); revoke = true; }
    )
    (
        (
            <ALL> [ <PRIVILEGES> ]
        |
            AddPrivilege(privileges) ( <COMMA> AddPrivilege(privileges) )*
        )
        <ON> on = GrantTarget() grantee = Grantee(revoke)
        { command = new AccessCommand.Grant(privileges, on, grantee, revoke); }
    |
        first = SimpleIdentifier() grantee = Grantee(revoke)
        { command = new AccessCommand.GrantRole(first, grantee, revoke); }
    )
    { return new SqlCommand(s.end(this), command); }
}

void AddPrivilege(List<String> privileges) :
{ }
{
    ( <SELECT> | <INSERT> | <UPDATE> | <DELETE> | <CREATE> )
    { privileges.add(getToken(0).image.toUpperCase(java.util.Locale.ROOT)); }
}

SqlIdentifier Grantee(boolean revoke) :
{
    final SqlIdentifier name;
}
{
    ( <TO> | <FROM> ) name = SimpleIdentifier()
    { return name; }
}

AccessCommand.On GrantTarget() :
{
    final SqlIdentifier name;
}
{
    <SCHEMA> name = SimpleIdentifier() { return new AccessCommand.On(name, true); }
|
    [ <TABLE> ] name = CompoundIdentifier() { return new AccessCommand.On(name, false); }
}
