using Portal.Features.Administration;
using Portal.Features.ApiKeys;
using Portal.Features.Catalogue;
using Portal.Features.Closes;
using Portal.Features.Complaints;
using Portal.Features.Counter;
using Portal.Features.Demo;
using Portal.Features.Home;
using Portal.Features.Imports;
using Portal.Features.Join;
using Portal.Features.Members;
using Portal.Features.Messages;
using Portal.Features.Offers;
using Portal.Features.Profile;
using Portal.Features.Programs;
using Portal.Features.Programs.Codes;
using Portal.Features.Segments;
using Portal.Features.Wallet;
using Portal.Rewarding;

namespace Portal.Platform;

/// <summary>One line for each feature: its services, and its endpoints where pages are not enough.</summary>
internal static class FeatureList
{
    public static void AddFeatures(this IServiceCollection services)
    {
        services.AddRewarding();
        services.AddApiKeys();
        services.AddImports();
        services.AddDemo();
        services.AddCatalogue();
        services.AddCloses();
        services.AddCounter();
        services.AddMembers();
        services.AddMessages();
        services.AddComplaints();
        services.AddHome();
        services.AddJoin();
        services.AddOffers();
        services.AddWallet();
        services.AddProfile();
        services.AddPrograms();
        services.AddAdministration();
        services.AddSegments();
    }

    public static void MapFeatures(this WebApplication app)
    {
        app.MapProfile();
        app.MapWallet();
        app.MapImports();
        app.MapCodes();
        app.MapCloses();
        app.MapComplaints();
        app.MapMessages();
    }
}
