namespace Portal.Rewarding.Ledger;

/// <summary>The tables that a <see cref="Journal"/> writes. A test demands that every column of the model is among them.</summary>
internal static class LedgerTables
{
    public static readonly Columns<TransferRow> Transfers = new Columns<TransferRow>("transfers")
        .Id("Key", r => r.Key)
        .Text("Operation", r => r.Operation)
        .Small("Ordinal", r => r.Ordinal)
        .Id("MemberId", r => r.MemberId.Value)
        .Small("Kind", r => (int)r.Kind)
        .Small("Debit", r => (int)r.Debit)
        .Small("Credit", r => (int)r.Credit)
        .Number("Amount", r => r.Amount)
        .Id("LotId", r => r.LotId?.Value)
        .Id("HoldId", r => r.HoldId)
        .Text("Returns", r => r.Returns)
        .Moment("ActivatesAt", r => r.ActivatesAt)
        .Moment("ExpiresAt", r => r.ExpiresAt)
        .Number("WalletVersion", r => r.WalletVersion)
        .Moment("EffectiveAt", r => r.EffectiveAt)
        .Moment("RecordedAt", r => r.RecordedAt)
        .Text("Activity", r => r.Activity)
        .Text("RuleId", r => r.RuleId?.Value)
        .Small("RuleVersion", r => r.RuleVersion)
        .Text("Person", r => r.Person)
        .Text("Reason", r => r.Reason);

    public static readonly Columns<LotRow> NewLots = new Columns<LotRow>("lots")
        .Id("Id", r => r.Id.Value)
        .Id("MemberId", r => r.MemberId.Value)
        .Text("Accrual", r => r.Accrual)
        .Number("Sequence", r => r.Sequence)
        .Moment("EarnedAt", r => r.EarnedAt)
        .Moment("ActivatesAt", r => r.ActivatesAt)
        .Moment("ExpiresAt", r => r.ExpiresAt)
        .Flag("Sliding", r => r.Sliding)
        .Number("Earned", r => r.Earned)
        .Number("Reversed", r => r.Reversed)
        .Number("Pending", r => r.Pending)
        .Number("Available", r => r.Available)
        .Number("Held", r => r.Held)
        .Id("MovedTo", r => r.MovedTo?.Value)
        .Flag("IsOpen", r => r.IsOpen)
        .Flag("OfSale", r => r.OfSale);

    /// <summary>What changes of a lot.</summary>
    public static readonly Columns<LotRow> ChangedLots = new Columns<LotRow>("lots")
        .Moment("ActivatesAt", r => r.ActivatesAt)
        .Moment("ExpiresAt", r => r.ExpiresAt)
        .Number("Reversed", r => r.Reversed)
        .Number("Pending", r => r.Pending)
        .Number("Available", r => r.Available)
        .Number("Held", r => r.Held)
        .Id("MovedTo", r => r.MovedTo?.Value)
        .Flag("IsOpen", r => r.IsOpen);

    public static readonly Columns<LotRow> LotKey = new Columns<LotRow>("lots")
        .Id("MemberId", r => r.MemberId.Value)
        .Id("Id", r => r.Id.Value);

    public static readonly Columns<WalletRow> NewWallets = new Columns<WalletRow>("wallets")
        .Id("MemberId", r => r.MemberId.Value)
        .Number("Version", r => r.Version)
        .Number("Pending", r => r.Pending)
        .Number("Available", r => r.Available)
        .Number("Held", r => r.Held)
        .Number("Debt", r => r.Debt)
        .Number("Qualifying", r => r.Qualifying)
        .Moment("NextDueAt", r => r.NextDueAt)
        .Number("LotsThrough", r => r.LotsThrough);

    public static readonly Columns<ChangedWallet> ChangedWallets = new Columns<ChangedWallet>("wallets")
        .Number("Version", r => r.Row.Version)
        .Number("Pending", r => r.Row.Pending)
        .Number("Available", r => r.Row.Available)
        .Number("Held", r => r.Row.Held)
        .Number("Debt", r => r.Row.Debt)
        .Number("Qualifying", r => r.Row.Qualifying)
        .Moment("NextDueAt", r => r.Row.NextDueAt)
        .Number("LotsThrough", r => r.Row.LotsThrough);

    /// <summary>A balance is written only where it still is what was read.</summary>
    public static readonly Columns<ChangedWallet> WalletAsRead = new Columns<ChangedWallet>("wallets")
        .Id("MemberId", r => r.Row.MemberId.Value)
        .Number("Version", r => r.Read);
}

/// <summary>A balance and the version that was read.</summary>
internal readonly record struct ChangedWallet(WalletRow Row, long Read);
