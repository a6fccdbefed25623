using Microsoft.Extensions.Localization;
using RewardsEngine.Activities;

namespace Portal.Features.Wallet;

/// <summary>What an entry is called.</summary>
internal static class EntryWords
{
    public static string Title(Entry entry, IStringLocalizer<WalletTexts> texts, string language) => entry switch
    {
        { Kind: EntryKind.Earned, Reference: { } type } => Activity(type, texts),
        { Kind: EntryKind.Redeemed or EntryKind.Returned, Name: { } name } => texts[$"Titled.{entry.Kind}", name.In(language)],
        { Store: { Length: > 0 } store } => texts[$"At.{entry.Kind}", store],
        _ => texts[$"Kind.{entry.Kind}"],
    };

    public static string Icon(EntryKind kind) => kind switch
    {
        EntryKind.Purchase => "receipt-text",
        EntryKind.Refund or EntryKind.Returned => "undo-2",
        EntryKind.Redeemed => "gift",
        EntryKind.PaidWithPoints => "coins",
        EntryKind.Merged => "users",
        EntryKind.Expired => "clock",
        EntryKind.Adjusted => "pencil",
        _ => "sparkles",
    };

    // An activity that the company declared itself has no text here and is named plainly.
    private static string Activity(string type, IStringLocalizer<WalletTexts> texts) =>
        ActivityTypes.Standard.Contains(type) ? texts[$"Activity.{type}"] : texts["Kind.Earned"];
}
