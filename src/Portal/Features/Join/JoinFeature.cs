using Portal.Rewarding;

namespace Portal.Features.Join;

internal static class JoinFeature
{
    public static void AddJoin(this IServiceCollection services)
    {
        services.AddSingleton<BenefitPreview>();
        services.AddSingleton<WelcomeMailer>();
        services.AddSingleton<ConfirmAddress>();
        services.AddSingleton<LinkMembership>();
        services.AddScoped<JoinMember>();
    }
}
