using Portal.Platform;
using Portal.Ui.Brand;

namespace Portal.Ui;

internal static class UiRegistration
{
    public static void AddUi(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton(settings.Brand);
        services.AddSingleton(new BrandTheme(settings.Brand));
        services.AddSingleton<Format>();
    }
}
