using System.Globalization;
using Microsoft.AspNetCore.Components;
using Portal.Identity;
using RewardsEngine.Values;

namespace Portal.Ui;

/// <summary>What every static page of a signed-in customer needs. The member comes from the sign-in, never from the address.</summary>
public abstract class CustomerPage : ComponentBase
{
    [CascadingParameter] protected HttpContext Http { get; set; } = null!;

    [Inject] protected Format Format { get; set; } = null!;

    [Inject] protected NavigationManager Address { get; set; } = null!;

    protected MemberId Me => Http.User.MemberId() ?? throw new InvalidOperationException("The page is for customers; its policy must say so.");

    protected CancellationToken Cancel => Http.RequestAborted;

    /// <summary>For texts that the company wrote in both languages.</summary>
    protected static string Language => CultureInfo.CurrentUICulture.Name;

    /// <summary>Redirects after a form that succeeded, with a note for the next page.</summary>
    protected void Done(string address, string note)
    {
        Flash.Set(Http, note);
        Address.NavigateTo(address);
    }
}
