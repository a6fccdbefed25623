using Microsoft.Extensions.Localization;

namespace Portal.Ui;

/// <summary>A place in the staff sidebar. A feature adds its own with <c>services.AddStaffNavigation&lt;TTexts&gt;(…)</c>.</summary>
/// <param name="Texts">The feature's text marker.</param>
/// <param name="Key">The text key of the label.</param>
/// <param name="Icon">A name from <c>Ui/Icons</c>.</param>
/// <param name="Policy">Who sees it.</param>
/// <param name="Order">Low numbers first: 10 day-to-day work, 20 members, 30 programme, 40 data, 50 administration.</param>
/// <param name="Shortcut">The letter after <c>g</c> that goes there.</param>
public sealed record StaffLink(Type Texts, string Key, string Href, string Icon, string Policy, int Order, char? Shortcut)
{
    public string Label(IStringLocalizerFactory texts) => texts.Create(Texts)[Key];
}

public static class Navigation
{
    public static void AddStaffNavigation<TTexts>(
        this IServiceCollection services, string key, string href, string icon, string policy, int order, char? shortcut = null) =>
        services.AddSingleton(new StaffLink(typeof(TTexts), key, href, icon, policy, order, shortcut));
}

/// <summary>The five places under a customer's thumb.</summary>
public sealed record CustomerPlace(string Key, string Href, string Icon)
{
    public static readonly IReadOnlyList<CustomerPlace> All =
    [
        new("NavHome", "/home", "house"),
        new("NavTransactions", "/transactions", "receipt-text"),
        new("NavRewards", "/rewards", "gift"),
        new("NavOffers", "/offers", "badge-percent"),
        new("NavHelp", "/complaints", "message-circle"),
    ];
}
