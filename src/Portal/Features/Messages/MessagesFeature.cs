using Microsoft.AspNetCore.Mvc;
using Portal.Features.Messages.Staff;
using Portal.Identity;
using Portal.Platform.Mail;
using Portal.Ui;

namespace Portal.Features.Messages;

/// <summary>What rules say to members: the texts that staff write, and how a member stops advertising.</summary>
internal static class MessagesFeature
{
    public static void AddMessages(this IServiceCollection services)
    {
        services.AddOptions<MessageOptions>().BindConfiguration(MessageOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ForgetHeldMessages>();
        services.AddSingleton<EditMessageTexts>();
        services.AddSingleton<MessageTexts>();
        services.AddSingleton<MessageCounts>();
        services.AddSingleton<StuckMails>();
        services.AddSingleton<MessageSamples>();
        services.AddSingleton<TurnOffOffers>();
        services.AddSingleton<IMarketingFacts, OfferFacts>();
        services.AddStaffNavigation<MessagesTexts>("Nav", "/staff/messages", "mail", Policies.Rules, 32);
        services.AddStaffNavigation<MessagesTexts>("Mail.Nav", "/staff/mail", "send", Policies.Administration, 52);
    }

    public static void MapMessages(this WebApplication app)
    {
        // RFC 8058: the mail program posts here without cookie or page, and wants a plain 200. The page's own button posts
        // here too and is led back to the page. Before the page, which would ask a post for its antiforgery mark: knowing the
        // token is what proves that one may.
        app.MapPost("/unsubscribe/{token}", async (string token, HttpContext context, [FromServices] TurnOffOffers turnOff, CancellationToken cancel) =>
        {
            var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(cancel) : null;
            var done = await turnOff.HandleAsync(token, ClientDetails.Of(context), cancel);
            return form?.ContainsKey("FromPage") == true ? Results.Redirect($"/unsubscribe/{Uri.EscapeDataString(token)}")
                : done ? Results.Text("Unsubscribed.") : Results.Text("This link is not known here.", statusCode: StatusCodes.Status404NotFound);
        }).AllowAnonymous().DisableAntiforgery().WithOrder(-1).ExcludeFromDescription();
    }
}
