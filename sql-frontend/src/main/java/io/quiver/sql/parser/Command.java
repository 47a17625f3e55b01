package io.quiver.sql.parser;

/**
 * A statement that is not a plain query or write of Calcite's.
 *
 * <p>Names and expressions inside keep their positions. A {@code switch} over commands needs no
 * default.
 */
public sealed interface Command
    permits AccessCommand,
        AlterIndex,
        AlterTable,
        Backup,
        BeginTransaction,
        CommentOn,
        CommitTransaction,
        CopyFrom,
        CopyTo,
        CreateIndex,
        CreateFunction,
        CreateSchema,
        CreateTable,
        CreateView,
        DropFunction,
        DropIndex,
        DropSchema,
        DropTable,
        DropView,
        Explain,
        InsertOnConflict,
        OptimizeTable,
        Reindex,
        ReleaseSavepoint,
        ResetSetting,
        Returning,
        RollbackToSavepoint,
        RollbackTransaction,
        Savepoint,
        SetSetting,
        SetTransaction,
        ShowSetting,
        TruncateTable,
        UseSchema {

  /** What messages call this kind of statement, such as {@code CREATE TABLE}. */
  String statementName();
}
