namespace Portal.Features.Wallet;

/// <summary>Texts of the transactions and of their explanations.</summary>
public sealed class WalletTexts;
