package io.quiver.sql.parser;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** A statement about users and what they may do. Administrators' work, but for one's own keys. */
public sealed interface AccessCommand extends Command {
  /** What privileges are on: a table or view, or all of a schema. */
  record On(SqlIdentifier name, boolean schema) {}

  /** {@code CREATE USER [IF NOT EXISTS] name [PASSWORD 'text']}. */
  record CreateUser(SqlIdentifier name, boolean ifNotExists, @Nullable SqlNode password)
      implements AccessCommand {
    @Override
    public String statementName() {
      return "CREATE USER";
    }
  }

  /** {@code ALTER USER name PASSWORD 'text'}. */
  record AlterUser(SqlIdentifier name, SqlNode password) implements AccessCommand {
    @Override
    public String statementName() {
      return "ALTER USER";
    }
  }

  /** {@code CREATE ROLE [IF NOT EXISTS] name}. */
  record CreateRole(SqlIdentifier name, boolean ifNotExists) implements AccessCommand {
    @Override
    public String statementName() {
      return "CREATE ROLE";
    }
  }

  /** {@code DROP USER|ROLE [IF EXISTS] name}. */
  record DropGrantee(SqlIdentifier name, boolean ifExists, boolean user) implements AccessCommand {
    @Override
    public String statementName() {
      return user ? "DROP USER" : "DROP ROLE";
    }
  }

  /**
   * {@code CREATE API KEY name [FOR user] [READ ONLY] [ON object] [EXPIRES IN n DAYS]}.
   *
   * @param days until it expires
   */
  record CreateKey(
      SqlIdentifier name,
      @Nullable SqlIdentifier user,
      boolean readOnly,
      @Nullable On scope,
      @Nullable SqlNode days)
      implements AccessCommand {
    @Override
    public String statementName() {
      return "CREATE API KEY";
    }
  }

  /** {@code DROP API KEY 'id'}, or by its name. */
  record DropKey(SqlIdentifier key, boolean ifExists) implements AccessCommand {
    @Override
    public String statementName() {
      return "DROP API KEY";
    }
  }

  /** {@code CREATE POLICY name ON table [TO grantee] USING (condition)}. */
  record CreatePolicy(
      SqlIdentifier name, SqlIdentifier table, @Nullable SqlIdentifier grantee, SqlNode condition)
      implements AccessCommand {
    @Override
    public String statementName() {
      return "CREATE POLICY";
    }
  }

  /** {@code DROP POLICY [IF EXISTS] name ON table}. */
  record DropPolicy(SqlIdentifier name, SqlIdentifier table, boolean ifExists)
      implements AccessCommand {
    @Override
    public String statementName() {
      return "DROP POLICY";
    }
  }

  /**
   * {@code GRANT privileges ON object TO grantee}, and REVOKE ... FROM.
   *
   * @param privileges words; empty for ALL
   */
  record Grant(List<String> privileges, On on, SqlIdentifier grantee, boolean revoke)
      implements AccessCommand {
    @Override
    public String statementName() {
      return revoke ? "REVOKE" : "GRANT";
    }
  }

  /** {@code GRANT role TO user}, and REVOKE ... FROM. */
  record GrantRole(SqlIdentifier role, SqlIdentifier user, boolean revoke)
      implements AccessCommand {
    @Override
    public String statementName() {
      return revoke ? "REVOKE" : "GRANT";
    }
  }
}
